package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;

/**
 * The users who are typing in a room, as of the latest change.
 *
 * @param position the position of the change
 * @param room the room
 * @param users all who are typing, in the order in which they began; may be empty
 * @since 0.1.0
 */
public record TypingChange(long position, RoomId room, List<UserId> users)
    implements CoalescingStream.Change {
  /** Copies the users. */
  public TypingChange {
    users = List.copyOf(users);
  }
}
