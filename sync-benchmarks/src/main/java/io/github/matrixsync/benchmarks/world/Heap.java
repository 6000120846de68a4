package io.github.matrixsync.benchmarks.world;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Measures memory by what is left of the heap after full collections: the difference of two such figures, with the same other objects alive, is what was kept in between, headers, padding and arrays included.
 */
public final class Heap {
  private static final int COLLECTIONS = 4;

  private Heap() {}

  /** Returns the bytes in use after several full collections: references that one collection clears may free what only the next one takes. */
  public static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(
          least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** Returns the classes that take most of the heap, with their numbers of objects and bytes. */
  public static String largestClasses(int count) {
    try {
      Object histogram = ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "gcClassHistogram",
              new Object[] {null},
              new String[] {String[].class.getName()});
      return String.join(
          "\n", Arrays.asList(histogram.toString().split("\n")).subList(0, count + 2));
    } catch (JMException e) {
      throw new IllegalStateException("cannot take the histogram", e);
    }
  }
}
