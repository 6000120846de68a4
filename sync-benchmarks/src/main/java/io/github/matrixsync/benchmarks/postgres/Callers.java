package io.github.matrixsync.benchmarks.postgres;

import io.github.matrixsync.benchmarks.table.Interleaved;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Callers who do the same thing again and again for a time. Confined to one thread. */
final class Callers {
  /** One call. */
  interface Call {
    /**
     * Makes the call.
     *
     * @param caller the number of the caller
     * @return how many events it stored
     */
    int make(int caller) throws Exception;
  }

  /**
   * What the callers did.
   *
   * @param perSecond events a second
   * @param p50 the median time of a call, in nanoseconds
   * @param p99 the time that 99 % of the calls did not exceed, in nanoseconds
   */
  record Result(double perSecond, double p50, double p99) {}

  private Callers() {}

  /** Has this many callers make calls for this long. */
  static Result run(int callers, long millis, Call call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      long start = System.nanoTime();
      long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
      List<Callable<List<Long>>> tasks = new ArrayList<>();
      long[] events = new long[callers];
      for (int i = 0; i < callers; i++) {
        int caller = i;
        tasks.add(() -> {
          List<Long> times = new ArrayList<>();
          while (System.nanoTime() < end) {
            long before = System.nanoTime();
            events[caller] += call.make(caller);
            times.add(System.nanoTime() - before);
          }
          return times;
        });
      }
      List<Long> all = new ArrayList<>();
      for (Future<List<Long>> future : threads.invokeAll(tasks)) {
        all.addAll(future.get());
      }
      long took = System.nanoTime() - start;
      double[] times = all.stream().mapToDouble(Long::doubleValue).toArray();
      return new Result(
          sum(events) * 1e9 / took, Interleaved.median(times), Interleaved.percentile(times, 99));
    } finally {
      threads.shutdownNow();
    }
  }

  private static double sum(long[] numbers) {
    double sum = 0;
    for (long number : numbers) {
      sum += number;
    }
    return sum;
  }
}
