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
 * Follows one stream: when its watermark moves, reads the new part once, keeps it, publishes the position up to which
 * everything is kept, and wakes the polls that the part concerns. Whoever needs a position that is not published yet
 * reads on behalf of all; others wait for that one reader. Thread-safe.
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
  private volatile long refreshesBegun; // written under looking
  private long lastRefresh; // the last one that did not fail; guarded by looking
  private volatile long published;
  private volatile Registration registration = () -> {};

  /**
   * Begins at the end of a stream.
   *
   * @param name the stream's, as logs and statistics have it
   */
  Follower(
      String name, PositionedStream stream, EngineThreads threads, WakeUpRelay.Listener waker) {
    this.name = name;
    this.failing = new OutageLog("stream " + name);
    this.stream = stream;
    this.threads = threads;
    this.waker = waker;
    this.published = stream.watermark();
  }

  /**
   * Reads and keeps what follows {@code after}, some or all of it, and publishes up to where that goes. Called by one
   * thread at a time; may block.
   *
   * @param upTo the watermark, at or above {@code after}
   * @param targets to which those are added whom the part may concern
   */
  abstract void read(long after, long upTo, WakeUpTargets targets);

  /** Returns how far the store has come with what has no position of the stream; it falls as more comes. No I/O. */
  long backfilledTo() {
    return 0;
  }

  /** Returns up to where that was taken over. */
  long takenBackfill() {
    return 0;
  }

  /** Returns whether something other than the position has to be caught up with. */
  final boolean isStale() {
    return backfilledTo() < takenBackfill();
  }

  /** Listens to the stream from now on. */
  void start() {
    registration = stream.onAdvance(this::signal);
    signal();
  }

  /** Returns the stream's name. */
  public final String name() {
    return name;
  }

  /** Returns what tells of reads that fail. */
  final OutageLog failing() {
    return failing;
  }

  /** Returns the end of the stream. Does no I/O. */
  public final long watermark() {
    return stream.watermark();
  }

  /** Returns the position up to which everything is kept. */
  public final long published() {
    return published;
  }

  final void publish(long position) {
    published = position;
  }

  /** Returns whether a call of {@link #catchUp} would have to read. Does no I/O. */
  final boolean isBehind() {
    return published < stream.watermark() || isStale();
  }

  /**
   * Brings the published position up to the watermark of now, and wakes polls after each part of it. What comes
   * meanwhile is left to the next call, so that this one ends. May block.
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

  /** Reads one part, unless somebody else has read it meanwhile, and wakes the polls that it concerns. */
  private void readOn(long target, long backfill) {
    WakeUpTargets targets = new WakeUpTargets();
    RuntimeException failure = null;
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
    } catch (RuntimeException e) {
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

  /** Looks at the storage itself and catches up with what is found. May block. */
  final void refresh() {
    try {
      stream.refresh();
    } catch (RuntimeException e) {
      report(e);
      throw e;
    }
    catchUp();
    report(null);
  }

  /**
   * As {@link #refresh}. Whoever calls while another looks shares the next look with all who do, so that there are
   * never more looks than one after another.
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

  /** As {@link #refresh}, but a failure, which has been told of, is left to the next time. */
  final void refreshIfPossible() {
    try {
      refresh();
    } catch (RuntimeException e) {
      // The next look is soon.
    }
  }

  /** Has somebody catch up soon. Does not block. */
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
    registration.close();
  }

  private void followSignal() {
    signalled.set(false);
    try {
      catchUp();
    } catch (RuntimeException e) {
      // It has been told of, and the next look is soon.
    }
  }

  /** Takes notice that the stream cannot be read. */
  final void failed(RuntimeException failure) {
    long now = threads.nanoTime();
    failing.happened(now, now, "cannot be read, will try again", failure);
  }

  private void report(@Nullable RuntimeException failure) {
    if (failure != null) {
      failed(failure);
    } else if (failing.isOn()) {
      failing.over(threads.nanoTime(), "can be read again; failures");
    }
  }
}
