package io.github.matrixsync.rest;

import java.util.Map;
import java.util.TreeMap;

/** Counts the answers by kind. Confined to one thread. */
final class FuzzTally {
  /** The JSON was not an event. */
  static final String NO_EVENT = "no event";

  /** The path was not one of the edge. */
  static final String NO_ENDPOINT = "no endpoint";

  private final Map<String, Long> counts = new TreeMap<>();

  void add(String answer) {
    counts.merge(answer, 1L, Long::sum);
  }

  void add(FuzzTally other) {
    other.counts.forEach((answer, count) -> counts.merge(answer, count, Long::sum));
  }

  long of(String answer) {
    return counts.getOrDefault(answer, 0L);
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String toString() {
    return total() + " inputs: " + counts;
  }
}
