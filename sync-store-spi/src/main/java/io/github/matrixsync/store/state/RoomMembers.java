package io.github.matrixsync.store.state;

import io.github.matrixsync.event.UserId;
import java.util.List;

/**
 * How many members a room has, and the first of them, for a room's summary. The users of each list are in the order of
 * the positions of their member events.
 *
 * @param joined how many users are joined
 * @param invited how many users are invited
 * @param firstJoined the first joined users
 * @param firstInvited the first invited users
 * @param firstGone the first of the users who left or are banned
 * @since 0.1.0
 */
public record RoomMembers(
    int joined,
    int invited,
    List<UserId> firstJoined,
    List<UserId> firstInvited,
    List<UserId> firstGone) {
  /** The members of a room that is unknown, or has no member events. */
  public static final RoomMembers EMPTY = new RoomMembers(0, 0, List.of(), List.of(), List.of());

  /** Copies the lists. */
  public RoomMembers {
    firstJoined = List.copyOf(firstJoined);
    firstInvited = List.copyOf(firstInvited);
    firstGone = List.copyOf(firstGone);
  }
}
