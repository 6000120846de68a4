package io.github.matrixsync.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import java.util.List;

/**
 * What is new in a room that the user left or was banned from, up to the departure. Immutable.
 *
 * <p>Source: {@code Left Room} of {@code GET /sync}.
 *
 * @param state as of the departure, else as {@link JoinedRoom#state}
 * @param timeline the newest events up to and with the departure
 * @param accountData the user's account data for the room
 * @since 0.1.0
 */
public record LeftRoom(List<ClientEvent> state, Timeline timeline, List<ClientEvent> accountData) {
  /** Copies the lists. */
  public LeftRoom {
    state = List.copyOf(state);
    accountData = List.copyOf(accountData);
  }

  /** Returns the same with a limited timeline. */
  LeftRoom limited() {
    return new LeftRoom(state, timeline.withLimited(), accountData);
  }
}
