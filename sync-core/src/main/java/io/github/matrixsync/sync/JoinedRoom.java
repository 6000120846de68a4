package io.github.matrixsync.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.List;
import java.util.Optional;

/**
 * What is new in a room that the user is joined to. Immutable.
 *
 * <p>Source: {@code Joined Room} of {@code GET /sync}.
 *
 * @param state the state entries that the client does not have yet, in the answer's {@link StateMode}, by type and
 *     state key
 * @param timeline the newest events
 * @param summary what a client needs to name the room; absent if nothing in it changed
 * @param ephemeral who types, and receipts
 * @param accountData the user's account data for the room
 * @param unread the counts of unread notifications; absent if the engine has none
 * @since 0.1.0
 */
// More than five parameters: one for each part of a joined room in /sync.
public record JoinedRoom(
    List<ClientEvent> state,
    Timeline timeline,
    Optional<RoomSummary> summary,
    List<ClientEvent> ephemeral,
    List<ClientEvent> accountData,
    Optional<UnreadCounts> unread) {
  /** Copies the lists. */
  public JoinedRoom {
    state = List.copyOf(state);
    ephemeral = List.copyOf(ephemeral);
    accountData = List.copyOf(accountData);
  }

  /** Returns the same with a limited timeline. */
  JoinedRoom limited() {
    return new JoinedRoom(state, timeline.withLimited(), summary, ephemeral, accountData, unread);
  }
}
