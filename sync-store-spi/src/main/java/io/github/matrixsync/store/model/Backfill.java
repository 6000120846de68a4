package io.github.matrixsync.store.model;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import java.util.Set;

/**
 * The rooms and redacted events of some backfill, by which cached reads are invalidated.
 *
 * @param rooms the rooms of the backfilled events
 * @param redacted the events that redactions among them name in {@code redacts}, known or not
 * @since 0.1.0
 */
public record Backfill(Set<RoomId> rooms, Set<EventId> redacted) {
  /** Copies the sets. */
  public Backfill {
    rooms = Set.copyOf(rooms);
    redacted = Set.copyOf(redacted);
  }
}
