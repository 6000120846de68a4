package io.github.matrixsync.internal.follow;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.Registration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Follows one stream: when its watermark advances, it reads the new part once, caches it, publishes the position
 * reached, and wakes the polls concerned. A caller that needs a position that is not published yet reads for all
 * others, which wait for it. Thread-safe.
 */
public abstract class Follower implements AutoCloseable {
  private final String name;
  private final PositionedStream stream;
  private final EngineThreads threads;
  private final WakeUpRelay.Listener waker;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final OutageLog failing;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile long refreshesBegun; // written under refreshing
  private long lastRefresh; // the last one that did not fail; guarded by refreshing
  private volatile long published;
  private volatile Registration registration = () -> {};
  private volatile boolean closed;

  /**
   * Makes a follower that begins at the end of a stream.
   *
   * @param name the stream's name in logs and statistics
   */
  Follower(String name, PositionedStream stream, FollowerContext context) {
    this.name = name;
    this.failing = new OutageLog("stream " + name);
    this.stream = stream;
    this.threads = context.threads();
    this.waker = context.waker();
    this.published = stream.watermark();
  }

  /**
   * Reads and caches some or all of what follows {@code after}, and publishes the position reached. Called by one
   * thread at a time; may block.
   *
   * @param upTo the watermark, at or above {@code after}
   * @param targets receives the targets that the part may concern
   */
  abstract void read(long after, long upTo, WakeUpTargets targets);

  /** Returns the lowest position of the store's backfill, which falls as more is backfilled. Does no I/O. */
  long backfilledTo() {
    return 0;
  }

  /** Returns the position of backfill up to which it was applied. */
  long takenBackfill() {
    return 0;
  }

  /** Returns whether there is backfill that was not applied yet. */
  final boolean isStale() {
    return backfilledTo() < takenBackfill();
  }

  /** Begins to listen to the stream. */
  void start() {
    registration = stream.onAdvance(this::signal);
    signal();
  }

  /** Returns the stream's name. */
  public final String name() {
    return name;
  }

  /** Returns the log of failing reads. */
  final OutageLog failing() {
    return failing;
  }

  /** Returns the end of the stream. Does no I/O. */
  public final long watermark() {
    return stream.watermark();
  }

  /** Returns the position up to which the stream is followed. */
  public final long published() {
    return published;
  }

  final void publish(long position) {
    published = position;
  }

  /** Returns whether {@link #catchUp} would read the store. Does no I/O. */
  final boolean isBehind() {
    return published < stream.watermark() || isStale();
  }

  /**
   * Reads up to the current watermark, and wakes polls after each part. Changes that come meanwhile are left to the
   * next call, so that this one ends. May block.
   */
  final void catchUp() {
    long target = stream.watermark();
    long backfill = backfilledTo();
    while (isBefore(target, backfill)) {
      readOn(target, backfill);
    }
  }

  private boolean isBefore(long target, long backfill) {
    return published < target || backfill < takenBackfill();
  }

  /** Reads one part, unless another thread has read it meanwhile, and wakes the polls concerned. */
  private void readOn(long target, long backfill) {
    WakeUpTargets targets = new WakeUpTargets();
    @Nullable Throwable failure = null;
    reading.lock();
    try {
      long before = published;
      if (isBefore(target, backfill)) {
        long taken = takenBackfill();
        read(before, stream.watermark(), targets);
        if (published <= before && taken <= takenBackfill() && isBefore(target, backfill)) {
          throw new IllegalStateException("the store made no progress after " + before);
        }
      }
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      reading.unlock();
      report(failure);
      if (!targets.isEmpty()) {
        waker.wake(targets);
      }
    }
  }

  /** Refreshes the stream from the storage and catches up. May block. */
  final void refresh() {
    try {
      stream.refresh();
    } catch (Throwable e) {
      report(e);
      throw e;
    }
    catchUp();
    report(null);
  }

  /**
   * Refreshes like {@link #refresh}; concurrent callers share the next refresh, so that there is only one at a time.
   */
  final void refreshTogether() {
    long before = refreshesBegun;
    refreshing.lock();
    try {
      if (lastRefresh <= before) {
        long number = refreshesBegun + 1;
        refreshesBegun = number;
        refresh();
        lastRefresh = number;
      }
    } finally {
      refreshing.unlock();
    }
  }

  /** Refreshes like {@link #refresh}, but ignores a failure, which is logged. */
  final void refreshIfPossible() {
    try {
      refresh();
    } catch (Throwable e) {
      // It is logged, and the next refresh is soon.
    }
  }

  /** Schedules a call of {@link #catchUp}. Does not block. */
  final void signal() {
    if (signalled.compareAndSet(false, true)) {
      try {
        threads.execute(this::followSignal);
      } catch (Throwable e) {
        signalled.set(false);
        throw e;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    registration.close();
  }

  /**
   * Returns whether this follower was closed. Its store may be closed too, so a failed read is not logged as an outage.
   */
  final boolean isClosed() {
    return closed;
  }

  private void followSignal() {
    signalled.set(false);
    try {
      catchUp();
    } catch (Throwable e) {
      // It is logged, and the next refresh is soon.
    }
  }

  /** Logs that the stream cannot be read. */
  final void failed(Throwable failure) {
    if (closed) {
      return;
    }
    long now = threads.nanoTime();
    failing.happened(now, now, "cannot be read, will try again", failure);
  }

  private void report(@Nullable Throwable failure) {
    if (failure != null) {
      failed(failure);
    } else if (failing.isOn()) {
      failing.over(threads.nanoTime(), "can be read again; failures");
    }
  }
}
