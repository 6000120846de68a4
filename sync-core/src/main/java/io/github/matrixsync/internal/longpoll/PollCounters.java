package io.github.matrixsync.internal.longpoll;

import java.util.concurrent.atomic.LongAdder;

/** Counts begun, woken and refused polls. Thread-safe. */
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

  /** Counts a parked poll that was woken. */
  public void countWoken() {
    woken.increment();
  }

  /** Counts a woken poll that parked again. */
  public void countWokenForNothing() {
    wokenForNothing.increment();
  }

  /** Returns how many polls began. */
  public long begun() {
    return begun.sum();
  }

  /** Returns how often a parked poll was woken. */
  public long woken() {
    return woken.sum();
  }

  /** Returns how often a woken poll parked again. */
  public long wokenForNothing() {
    return wokenForNothing.sum();
  }

  /** Returns how many polls were refused because their user had too many. */
  public long refused() {
    return refused.sum();
  }
}
