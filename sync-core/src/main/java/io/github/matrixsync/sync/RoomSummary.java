package io.github.matrixsync.sync;

import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.Optional;

/**
 * What a client needs to name a room without all of its members. Immutable.
 *
 * <p>Source: {@code RoomSummary} of {@code GET /sync}.
 *
 * @param heroes up to five other users; absent if the room has a name or a canonical alias
 * @param joinedMembers how many users are joined, the user included
 * @param invitedMembers how many users are invited
 * @since 0.1.0
 */
public record RoomSummary(Optional<List<UserId>> heroes, int joinedMembers, int invitedMembers) {
  /** Copies the heroes. */
  public RoomSummary {
    heroes = heroes.map(List::copyOf);
  }
}
