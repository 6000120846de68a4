package io.github.matrixsync.internal.longpoll;

import java.util.concurrent.atomic.LongAdder;

/** How often things happened to polls. Thread-safe. */
public final class PollCounters {
  private final LongAdder begun = new LongAdder();
  private final LongAdder woken = new LongAdder();
  private final LongAdder wokenForNothing = new LongAdder();
  private final LongAdder refused = new LongAdder();

  void countBegun() {
    begun.increment();
  }

  void countRefused() {
    refused.increment();
  }

  /** Counts a parked poll that was woken because something came. */
  public void countWoken() {
    woken.increment();
  }

  /** Counts that one of those parked again. */
  public void countWokenForNothing() {
    wokenForNothing.increment();
  }

  /** Returns how many began. */
  public long begun() {
    return begun.sum();
  }

  /** Returns how often a parked one was woken because something came. */
  public long woken() {
    return woken.sum();
  }

  /** Returns how often one of those parked again. */
  public long wokenForNothing() {
    return wokenForNothing.sum();
  }

  /** Returns how many were refused because their user had too many. */
  public long refused() {
    return refused.sum();
  }
}
