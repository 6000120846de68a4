package io.github.matrixsync.internal.follow;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.TypingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls {@link TypingStore#expire} when the next typing deadline has passed. Thread-safe. */
final class TypingTimer implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final TypingStore typing;
  private final EngineThreads threads;
  private final InstantSource clock;
  private final OutageLog outages = new OutageLog("expired typing");
  private final TypingDurations durations = new TypingDurations(); // guarded by this
  private @Nullable Instant armedFor; // guarded by this
  private Scheduler.Scheduled armed = () -> {}; // guarded by this
  private volatile Registration registration = () -> {};
  private volatile boolean closed;

  TypingTimer(TypingStore typing, EngineThreads threads, InstantSource clock) {
    this.typing = typing;
    this.threads = threads;
    this.clock = clock;
  }

  void start() {
    registration = typing.onAdvance(this::arm);
    arm();
  }

  /** Sets the timer to the next deadline, unless it is set to it already. */
  synchronized void arm() {
    Optional<Instant> next = typing.nextDeadline();
    if (next.isEmpty()) {
      durations.none();
    }
    if (next.isEmpty() || next.get().equals(armedFor)) {
      return;
    }
    Instant before = armedFor;
    Scheduler.Scheduled earlier = armed;
    armedFor = next.get();
    try {
      armed = threads.schedule(this::fire, until(next.get()));
    } catch (Throwable e) {
      armedFor = before;
      throw e;
    }
    earlier.cancel();
  }

  /** Returns the delay of the timer. If it fires before the deadline, nothing expires and it is set again. */
  private Duration until(Instant deadline) {
    Duration delay = durations.until(deadline, clock.instant(), threads.nanoTime());
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }

  @Override
  public synchronized void close() {
    closed = true;
    armed.cancel();
    registration.close();
  }

  private void fire() {
    threads.execute(() -> {
      try {
        Instant passed;
        synchronized (this) {
          armedFor = null;
          passed = durations.passed(clock.instant(), threads.nanoTime());
        }
        typing.expire(passed);
        arm();
        if (outages.isOn()) {
          outages.over(threads.nanoTime(), "can be ended again; failures");
        }
      } catch (Throwable e) {
        failed(e);
      }
    });
  }

  private void failed(Throwable failure) {
    if (!closed) {
      long now = threads.nanoTime();
      outages.happened(now, now, "cannot be ended, will try again", failure);
    }
  }
}
