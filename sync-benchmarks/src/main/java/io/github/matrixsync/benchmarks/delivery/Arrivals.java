package io.github.matrixsync.benchmarks.delivery;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records the times of a known number of arrivals. {@link #add} is thread-safe; the rest is for one thread, afterwards.
 */
final class Arrivals {
  private final long[] at;
  private final AtomicInteger count = new AtomicInteger();

  /** Makes room for {@code size} arrivals. */
  Arrivals(int size) {
    at = new long[size];
  }

  /** Records the time of an arrival, by {@link System#nanoTime}. Surplus ones are dropped. */
  void add(long nanoTime) {
    int index = count.getAndIncrement();
    if (index < at.length) {
      at[index] = nanoTime;
    }
  }

  int size() {
    return at.length;
  }

  /** Returns the time of each arrival after {@code start}, in nanoseconds. */
  double[] since(long start) {
    return Arrays.stream(at).mapToDouble(arrival -> arrival - start).toArray();
  }

  void clear() {
    count.set(0);
  }
}
