package io.github.matrixsync.benchmarks.world;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Measures the heap that is in use after full collections. If the other live objects are the same, the difference of
 * two such figures is what was allocated in between and is still alive, with headers, padding and arrays.
 */
public final class Heap {
  private static final int COLLECTIONS = 4;
  private static final int MOST_LOOKS = 50;
  private static final long BETWEEN_LOOKS_MILLIS = 1_000;
  private static final long SMALL = 64 << 10;

  private Heap() {}

  /**
   * Returns the bytes in use after several full collections: what is reachable only through references that one
   * collection clears is freed by the next one.
   */
  public static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(
          least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /**
   * Returns the same when it no longer falls: what the engine drops by itself it drops within its fallback interval,
   * which is far below the time between two measurements.
   */
  public static long settled() throws InterruptedException {
    long least = used();
    for (int look = 0; look < MOST_LOOKS; look++) {
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
      long now = used();
      if (now > least - SMALL) {
        return now;
      }
      least = now;
    }
    throw new IllegalStateException("the heap did not settle at " + least + " bytes");
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
