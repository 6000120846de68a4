package io.github.matrixsync.internal.concurrent;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Keeps what is taken and not given back within a bound, exactly, but for what is taken regardless. Thread-safe. */
public final class Budget {
  /** As good as no bound. */
  public static final long NONE = Long.MAX_VALUE;

  private final long limit;
  private final AtomicLong taken = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  public Budget(long limit) {
    this.limit = limit;
  }

  /** Takes some, if there is room for all of it. Returns whether it did. */
  public boolean take(long amount) {
    if (limit == NONE) {
      return true;
    }
    long before = taken.get();
    while (amount <= limit - before) {
      if (taken.compareAndSet(before, before + amount)) {
        return true;
      }
      before = taken.get();
    }
    refused.increment();
    return false;
  }

  /** Takes some, whether there is room for it or not. */
  public void takeRegardless(long amount) {
    giveBack(-amount);
  }

  /** Gives back what was taken. */
  public void giveBack(long amount) {
    if (limit != NONE) {
      taken.addAndGet(-amount);
    }
  }

  /** Returns what is taken now; without a bound, that is not counted. */
  public long taken() {
    return taken.get();
  }

  /** Returns how often there was no room. */
  public long refused() {
    return refused.sum();
  }
}
