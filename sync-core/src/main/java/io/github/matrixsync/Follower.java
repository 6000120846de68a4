package io.github.matrixsync;

import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.Registration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one stream: when its watermark moves, reads the new part once, keeps it, publishes the position up to which everything is kept, and wakes the polls that the part concerns. Whoever needs a position that
 * is not published yet reads on behalf of all; others wait for that one reader. Thread-safe.
 */
abstract class Follower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SyncEngine.class);

  private final PositionedStream stream;
  private final Threads threads;
  private final Consumer<Concerned> waker;
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private volatile long published;
  private volatile Registration registration = () -> {};

  Follower(PositionedStream stream, Threads threads, Consumer<Concerned> waker) {
    this.stream = stream;
    this.threads = threads;
    this.waker = waker;
    this.published = stream.watermark();
  }

  /**
   * Reads and keeps what follows {@code after}, some or all of it, and publishes up to where that goes. Called by one thread at a time; may block.
   *
   * @param upTo the watermark, at or above {@code after}
   * @param concerned to which those are added whom the part may concern
   */
  abstract void read(long after, long upTo, Concerned concerned);

  /** Returns whether something other than the position has to be caught up with. */
  boolean isStale() {
    return false;
  }

  /** Listens to the stream from now on. */
  void start() {
    registration = stream.onAdvance(this::signal);
    signal();
  }

  /** Returns the end of the stream. Does no I/O. */
  final long watermark() {
    return stream.watermark();
  }

  /** Returns the position up to which everything is kept. */
  final long published() {
    return published;
  }

  final void publish(long position) {
    published = position;
  }

  /** Returns whether a call of {@link #catchUp} would have to read. Does no I/O. */
  final boolean isBehind() {
    return published < stream.watermark() || isStale();
  }

  /** Brings the published position up to the watermark of now. May block. */
  final void catchUp() {
    long target = stream.watermark();
    if (published >= target && !isStale()) {
      return;
    }
    Concerned concerned = new Concerned();
    reading.lock();
    try {
      while (published < target || isStale()) {
        long before = published;
        read(before, stream.watermark(), concerned);
        if (published <= before && published < target) {
          throw new IllegalStateException("the store made no progress after " + before);
        }
      }
    } finally {
      reading.unlock();
      if (!concerned.isNobody()) {
        waker.accept(concerned);
      }
    }
  }

  /** Looks at the storage itself and catches up with what is found. May block. */
  final void refresh() {
    stream.refresh();
    catchUp();
  }

  /** Has somebody catch up soon. Does not block. */
  final void signal() {
    if (signalled.compareAndSet(false, true)) {
      threads.execute(this::followSignal);
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
      log.warn("cannot follow {}, will look again", stream.getClass().getSimpleName(), e);
    }
  }
}
