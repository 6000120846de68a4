package io.github.matrixsync.benchmarks.delivery;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** When each of a known number of things arrived. Things may arrive at once; the rest is for one thread, afterwards. */
final class Arrivals {
  private final long[] at;
  private final AtomicInteger count = new AtomicInteger();

  /** Makes place for so many. */
  Arrivals(int size) {
    at = new long[size];
  }

  /** Takes notice of an arrival, as {@link System#nanoTime} has it. One too many is not kept. */
  void add(long nanoTime) {
    int index = count.getAndIncrement();
    if (index < at.length) {
      at[index] = nanoTime;
    }
  }

  int size() {
    return at.length;
  }

  /** Returns how long after {@code start} each arrived, in nanoseconds. */
  double[] since(long start) {
    return Arrays.stream(at).mapToDouble(arrival -> arrival - start).toArray();
  }

  void clear() {
    count.set(0);
  }
}
