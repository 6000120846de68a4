package io.github.matrixsync.internal.concurrent;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A bounded amount that is taken and given back, such as bytes. The bound is exact except for {@link #takeRegardless}.
 * Thread-safe.
 */
public final class Budget {
  /** No bound. */
  public static final long NONE = Long.MAX_VALUE;

  private final long limit;
  private final AtomicLong taken = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  public Budget(long limit) {
    this.limit = limit;
  }

  /** Takes an amount if there is room for all of it. Returns whether it did. */
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

  /** Takes an amount even if there is no room for it. */
  public void takeRegardless(long amount) {
    giveBack(-amount);
  }

  /** Gives an amount back. */
  public void giveBack(long amount) {
    if (limit != NONE) {
      taken.addAndGet(-amount);
    }
  }

  /** Returns the amount that is taken now; not counted without a bound. */
  public long taken() {
    return taken.get();
  }

  /** Returns how often an amount was refused. */
  public long refused() {
    return refused.sum();
  }
}
