package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.event.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The number of the last sighting that assertions about one user covered, for each room and for all rooms. Thread-safe.
 */
public final class Asserted {
  private final Map<Optional<RoomId>, Long> upTo = new HashMap<>(); // guarded by this

  /** Records an assertion; an empty room means all rooms. */
  public synchronized void advance(Optional<RoomId> room, long sighting) {
    upTo.merge(room, sighting, Math::max);
  }

  /** Returns the number of the last sighting that was asserted for a room. */
  public synchronized long in(Optional<RoomId> room) {
    return Math.max(upTo.getOrDefault(room, 0L), upTo.getOrDefault(Optional.<RoomId>empty(), 0L));
  }
}
