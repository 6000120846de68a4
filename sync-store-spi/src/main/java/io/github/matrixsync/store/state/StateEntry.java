package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import java.util.Objects;
import java.util.Optional;

/**
 * The new value of one state entry, set with an append by a host that resolves state itself.
 *
 * @param type the event type of the entry
 * @param stateKey the state key of the entry
 * @param event the state event that the entry becomes, known to the store or appended in the same batch, of the same
 *     room, type and state key; empty removes the entry
 * @since 0.1.0
 */
public record StateEntry(String type, String stateKey, Optional<EventId> event) {
  /** Checks that nothing is missing. */
  public StateEntry {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(stateKey, "state key");
    Objects.requireNonNull(event, "event");
  }

  /** Returns the entry that a state event sets by itself. */
  public static StateEntry of(RoomEvent event) {
    Objects.requireNonNull(event, "event");
    String key = event
        .stateKey()
        .orElseThrow(() -> new IllegalArgumentException(event + " is no state event"));
    return new StateEntry(event.type(), key, Optional.of(event.id()));
  }
}
