package io.github.matrixsync.law.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Finds few steps with which a run of a seed still fails. Stateless. */
final class Shrink {
  private Shrink() {}

  /** Returns the first problem without ids and numbers. */
  private static String kind(SyncLaw.Result result) {
    return result.problems().isEmpty()
        ? ""
        : result.problems().get(0).replaceAll("^.*?\\]: |[$!@]\\S+|\\d", "");
  }

  /** Returns the failure with as few steps as were found by leaving out ever smaller parts. */
  static SyncLaw.Result smallest(long seed, Supplier<Twin> twin) {
    SyncLaw.Result smallest = new SyncLaw(seed, step -> true, twin.get()).run();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < smallest.steps(); i++) {
      kept.add(i);
    }
    for (int size = Math.max(1, kept.size() / 2); size > 0; size /= 2) {
      for (int from = kept.size() - size; from >= 0; from -= size) {
        List<Integer> fewer = new ArrayList<>(kept);
        fewer.subList(from, from + size).clear();
        SyncLaw.Result result = new SyncLaw(seed, fewer::contains, twin.get()).run();
        if (kind(result).equals(kind(smallest))) {
          smallest = result;
          kept = fewer;
        }
      }
    }
    return smallest;
  }
}
