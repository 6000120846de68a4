package io.github.matrixsync.internal.follow;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.internal.stores.CallMeters;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.operation.EngineHealth;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.operation.WatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Checks periodically whether the engine still follows its stores, logs when it does not, and returns the problems as
 * {@link EngineHealth}. It runs on the scheduler's thread, so store calls that do not return cannot stop it.
 * Thread-safe.
 */
public final class HealthWatch implements AutoCloseable {
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

  private final EngineThreads threads;
  private final InstantSource clock;
  private final CallMeters calls;
  private final long limit;
  private final Duration interval;
  private final List<Progress> streams;
  private volatile Scheduler.Scheduled next = () -> {};
  private volatile boolean closed;

  /** Makes a watch of all followers. */
  public HealthWatch(EngineContext context, StreamFollowers followers, CallMeters calls) {
    threads = context.threads();
    this.calls = calls;
    clock = context.clock();
    WatchSettings watch = context.watch();
    limit = watch.stallLimit().toNanos();
    interval = Collections.min(
        List.of(LONGEST_INTERVAL, watch.slowCall(), watch.stallLimit().dividedBy(4)));
    streams = followers.followers().stream().map(Progress::new).toList();
  }

  public void start() {
    next = threads.schedule(this::check, interval);
    if (closed) {
      next.cancel();
    }
  }

  @Override
  public void close() {
    closed = true;
    next.cancel();
  }

  private void check() {
    if (closed) {
      return;
    }
    try {
      long now = threads.nanoTime();
      streams.forEach(stream -> stream.check(now));
      calls.watch(now);
    } finally {
      start();
    }
  }

  /** Returns the current problems. Does no I/O. */
  public EngineHealth health() {
    long now = threads.nanoTime();
    List<EngineHealth.Problem> problems = new ArrayList<>();
    for (Progress stream : streams) {
      stream.check(now);
      stream.stall(now).ifPresent(problems::add);
      failure(stream.follower, now).ifPresent(problems::add);
    }
    calls
        .oldest()
        .filter(call -> now - call.began() > limit)
        .map(call -> problem(
            EngineHealth.Kind.HANGING,
            call.call().name(),
            now - call.began(),
            "the call has not returned"))
        .ifPresent(problems::add);
    return new Health(List.copyOf(problems));
  }

  private Optional<EngineHealth.Problem> failure(Follower follower, long now) {
    long lasts = follower.failing().isOn() ? now - follower.failing().since() : 0;
    return lasts > limit
        ? Optional.of(problem(
            EngineHealth.Kind.FAILING, follower.name(), lasts, "every attempt to read it failed"))
        : Optional.empty();
  }

  private EngineHealth.Problem problem(
      EngineHealth.Kind kind, String where, long lasts, String detail) {
    return new Wrong(kind, where, clock.instant().minusNanos(lasts), detail);
  }

  private record Health(List<Problem> problems) implements EngineHealth {}

  private record Wrong(EngineHealth.Kind kind, String where, Instant since, String detail)
      implements EngineHealth.Problem {}

  /** How one stream gets on, as far as looks at it have shown. Thread-safe. */
  private final class Progress {
    private final Follower follower;
    private final OutageLog stalling;
    private long published; // guarded by this
    private boolean behind; // guarded by this
    private long since; // guarded by this

    Progress(Follower follower) {
      this.follower = follower;
      this.stalling = new OutageLog("stream " + follower.name());
    }

    /** Records the stream's position, and logs when it begins to stall or goes on. */
    void check(long now) {
      try {
        check(now, follower.watermark(), follower.published());
      } catch (Throwable e) {
        follower.failed(e);
      }
    }

    private void check(long now, long watermark, long position) {
      boolean stands;
      long began;
      synchronized (this) {
        boolean stood = behind && position == published;
        behind = position < watermark;
        published = position;
        if (!stood) {
          since = now;
        }
        began = since;
        stands = behind && now - since > limit;
      }
      if (!stands) {
        stalling.over(now, "goes on; stalls");
      } else if (!stalling.isOn()) {
        String how = "stalls: followed up to " + position + ", stored up to " + watermark;
        stalling.happened(began, now, how, null);
      }
    }

    Optional<EngineHealth.Problem> stall(long now) {
      if (!stalling.isOn()) {
        return Optional.empty();
      }
      String detail = "followed up to " + follower.published() + " and not further";
      return Optional.of(
          problem(EngineHealth.Kind.STALLED, follower.name(), now - stalling.since(), detail));
    }
  }
}
