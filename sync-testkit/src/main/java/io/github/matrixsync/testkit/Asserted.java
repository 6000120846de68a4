package io.github.matrixsync.testkit;

import io.github.matrixsync.event.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Up to which sighting a user's stream was asserted, in each room and in all. Thread-safe. */
final class Asserted {
  private final Map<Optional<RoomId>, Long> upTo = new HashMap<>(); // guarded by this

  /** Records an assertion; an empty room stands for all. */
  synchronized void advance(Optional<RoomId> room, long sighting) {
    upTo.merge(room, sighting, Math::max);
  }

  /** Returns up to which sighting a room was asserted. */
  synchronized long in(Optional<RoomId> room) {
    return Math.max(upTo.getOrDefault(room, 0L), upTo.getOrDefault(Optional.<RoomId>empty(), 0L));
  }
}
