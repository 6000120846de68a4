package io.github.matrixsync.store.postgres.internal.stream;

import io.github.matrixsync.store.Registration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a stream is known on this node: everything at and below can be read from the database. Never falls.
 * Thread-safe; does no I/O.
 */
public final class Watermark {
  private final AtomicLong position = new AtomicLong();
  private final AtomicLong retainedAfter = new AtomicLong();
  private final Listeners<Runnable> listeners = new Listeners<>();

  /** Returns the watermark. */
  public long position() {
    return position.get();
  }

  /** Returns the position at and below which the log was purged, as far as this node knows. */
  public long retainedAfter() {
    return retainedAfter.get();
  }

  /** Adds a listener that is called after an advance. */
  public Registration onAdvance(Runnable listener) {
    return listeners.add(listener);
  }

  /** Moves the watermark up to what was read or committed, and calls the listeners if it rose. */
  public void advanceTo(long known) {
    if (position.getAndAccumulate(known, Math::max) < known) {
      signal();
    }
  }

  /**
   * Moves the watermark and the lower end up to what was read. The watermark moves first, because the lower end is
   * never above it; listeners are called when both have moved.
   */
  void advanceTo(long known, long retained) {
    boolean hasRisen = position.getAndAccumulate(known, Math::max) < known;
    retain(retained);
    if (hasRisen) {
      signal();
    }
  }

  /** Moves the lower end up to what was purged, which is not above the watermark. */
  public void retain(long after) {
    retainedAfter.accumulateAndGet(after, Math::max);
  }

  /** Calls the listeners. */
  public void signal() {
    listeners.call(Runnable::run);
  }
}
