package io.github.matrixsync;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Keeps what is taken and not given back within a bound, exactly. Thread-safe. */
final class Bound {
  /** As good as no bound. */
  static final long NONE = Long.MAX_VALUE;

  private final long most;
  private final AtomicLong taken = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  Bound(long most) {
    this.most = most;
  }

  /** Takes some, if there is room for all of it. Returns whether it did. */
  boolean take(long amount) {
    if (most == NONE) {
      return true;
    }
    long before = taken.get();
    while (amount <= most - before) {
      if (taken.compareAndSet(before, before + amount)) {
        return true;
      }
      before = taken.get();
    }
    refused.increment();
    return false;
  }

  /** Gives back what was taken. */
  void giveBack(long amount) {
    if (most != NONE) {
      taken.addAndGet(-amount);
    }
  }

  /** Returns what is taken now; without a bound, that is not counted. */
  long taken() {
    return taken.get();
  }

  /** Returns how often there was no room. */
  long refused() {
    return refused.sum();
  }
}
