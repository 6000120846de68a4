package io.github.matrixsync.store;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What users set for themselves and the engine heeds, read as of now. Thread-safe; all but {@link #onChange} may block.
 *
 * @since 0.1.0
 */
public interface UserSettings {
  /**
   * Returns whom the user ignores.
   *
   * @throws StoreException if reading failed
   */
  Set<UserId> ignored(UserId user);

  /**
   * Returns the rooms that the user left and forgot. It is for the host to take a room off this list when the user is
   * invited or comes in again: the engine does not know when a room was forgotten, and shows a member's room whatever
   * stands here, but not once the user has left it again.
   *
   * @throws StoreException if reading failed
   */
  Set<RoomId> forgotten(UserId user);

  /**
   * Returns whose presence the user follows besides that of people in shared rooms, as far as those have agreed.
   *
   * @throws StoreException if reading failed
   */
  Set<UserId> presenceList(UserId user);

  /**
   * Returns those of {@code users} who asked for their events to be erased.
   *
   * @throws StoreException if reading failed
   */
  Set<UserId> erased(Collection<UserId> users);

  /**
   * Adds a listener that is told, on any thread and with no lock held, whose settings changed, once the change can be
   * read; a call may be late or doubled. Rules L1 and L2.
   */
  Registration onChange(Consumer<UserId> listener);
}
