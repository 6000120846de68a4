package io.github.matrixsync.benchmarks.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws numbers by Zipf's law, as rooms differ in popularity: the k-th with a probability proportional to 1/k, number 0
 * most often. Immutable.
 */
public final class Zipf {
  private final double[] upTo;

  /** Creates the distribution of the numbers from 0 to {@code count - 1}. */
  public Zipf(int count) {
    upTo = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
  }

  /** Draws a number. */
  public int draw(SplittableRandom random) {
    double at = random.nextDouble() * upTo[upTo.length - 1];
    int found = Arrays.binarySearch(upTo, at);
    return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
  }

  /** Draws {@code count} different numbers; the distribution must have more than that. */
  public int[] drawDistinct(SplittableRandom random, int count) {
    int[] drawn = new int[count];
    int size = 0;
    while (size < count) {
      int next = draw(random);
      if (indexOf(drawn, size, next) < 0) {
        drawn[size++] = next;
      }
    }
    return drawn;
  }

  private static int indexOf(int[] values, int size, int value) {
    for (int i = 0; i < size; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }
}
