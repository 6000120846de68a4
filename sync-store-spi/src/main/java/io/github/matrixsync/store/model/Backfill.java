package io.github.matrixsync.store.model;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import java.util.Set;

/**
 * What some backfilled events touch of what may have been read before they came.
 *
 * @param rooms the rooms whose history they are part of
 * @param redacted the events that redactions among them name in {@code redacts}, whether these are
 *     known or not
 * @since 0.1.0
 */
public record Backfill(Set<RoomId> rooms, Set<EventId> redacted) {
  /** Copies the sets. */
  public Backfill {
    rooms = Set.copyOf(rooms);
    redacted = Set.copyOf(redacted);
  }
}
