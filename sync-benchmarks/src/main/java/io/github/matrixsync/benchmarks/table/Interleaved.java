package io.github.matrixsync.benchmarks.table;

import java.util.Arrays;

/**
 * Times of a figure and of its floor, measured in turn, so that other load of the machine affects both. Immutable.
 *
 * @param figure the median of the figure's times, in nanoseconds
 * @param floor the median of the floor's times, in nanoseconds
 * @param ratio the median of the ratios of each round
 */
public record Interleaved(double figure, double floor, double ratio) {
  /** Does something, and returns the time of the measured part, in nanoseconds. */
  @FunctionalInterface
  public interface Timed {
    /** Does it once. */
    long nanos() throws Exception;
  }

  /**
   * Measures figure and floor in turn, alternating which is first, {@code rounds} times after {@code warmups} rounds
   * that do not count.
   */
  public static Interleaved of(int warmups, int rounds, Timed figure, Timed floor)
      throws Exception {
    double[] figures = new double[rounds];
    double[] floors = new double[rounds];
    for (int round = -warmups; round < rounds; round++) {
      boolean floorFirst = (round & 1) == 0;
      long first = floorFirst ? floor.nanos() : figure.nanos();
      long second = floorFirst ? figure.nanos() : floor.nanos();
      if (round >= 0) {
        figures[round] = floorFirst ? second : first;
        floors[round] = floorFirst ? first : second;
      }
    }
    return of(figures, floors);
  }

  /** Returns the medians of times that were taken in turn. */
  public static Interleaved of(double[] figures, double[] floors) {
    double[] ratios = new double[figures.length];
    Arrays.setAll(ratios, round -> figures[round] / floors[round]);
    return new Interleaved(median(figures), median(floors), median(ratios));
  }

  /** Returns how long {@code work} takes, in nanoseconds. */
  public static long time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  /** Returns the median. */
  public static double median(double[] values) {
    return percentile(values, 50);
  }

  /** Returns the least value that {@code percent} of the values do not exceed. */
  public static double percentile(double[] values, double percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }
}
