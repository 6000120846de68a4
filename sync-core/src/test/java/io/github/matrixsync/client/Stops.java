package io.github.matrixsync.client;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a client does when it has come to a place in the stream. Confined to one thread. */
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

  /** Does all that is to be done up to a place. */
  void reach(long position) {
    while (!ahead.isEmpty() && ahead.firstKey() <= position) {
      ahead.pollFirstEntry().getValue().forEach(Runnable::run);
    }
  }
}
