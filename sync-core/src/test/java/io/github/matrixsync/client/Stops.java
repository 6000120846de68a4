package io.github.matrixsync.client;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The actions of a client at places in the stream. Confined to one thread. */
final class Stops {
  private final TreeMap<Long, List<Runnable>> ahead = new TreeMap<>();

  void add(long position, Runnable then) {
    ahead.computeIfAbsent(position, key -> new ArrayList<>()).add(then);
  }

  boolean isEmpty() {
    return ahead.isEmpty();
  }

  boolean isAnyBefore(long position) {
    return !ahead.isEmpty() && ahead.firstKey() < position;
  }

  /** Runs all actions up to a position. */
  void reach(long position) {
    while (!ahead.isEmpty() && ahead.firstKey() <= position) {
      ahead.pollFirstEntry().getValue().forEach(Runnable::run);
    }
  }
}
