package io.github.matrixsync.testkit.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Ways to split the reading of a stream into polls. A split is the list of the limits of all polls but the last, which
 * reads the rest. Pure.
 */
final class Splits {
  private Splits() {}

  /** Returns random limits whose sum is less than the size. */
  static List<Integer> random(Random random, int size) {
    List<Integer> limits = new ArrayList<>();
    int left = size;
    int largest = 1 + random.nextInt(Math.max(1, size));
    while (left > 1) {
      int limit = 1 + random.nextInt(Math.min(left - 1, largest));
      limits.add(limit);
      left -= limit;
    }
    return limits;
  }

  /**
   * Returns a small split that fails: one with a single limit if there is such a split, else the given one without the
   * limits that are not needed.
   */
  static List<Integer> smallest(int size, List<Integer> failing, Predicate<List<Integer>> fails) {
    for (int cut = 1; cut < size; cut++) {
      if (fails.test(List.of(cut))) {
        return List.of(cut);
      }
    }
    List<Integer> smallest = new ArrayList<>(failing);
    for (int i = smallest.size() - 1; i >= 0; i--) {
      List<Integer> fewer = new ArrayList<>(smallest);
      int removed = fewer.get(i);
      fewer.subList(i, i + 1).clear();
      if (i < fewer.size()) {
        fewer.set(i, fewer.get(i) + removed);
      }
      if (fails.test(fewer)) {
        smallest = fewer;
      }
    }
    return smallest;
  }
}
