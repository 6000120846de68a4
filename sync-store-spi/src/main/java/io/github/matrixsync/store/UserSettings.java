package io.github.matrixsync.store;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The settings of users that the engine reads: ignored users, forgotten rooms, presence lists and erasure, as of now.
 * Thread-safe; all methods except {@link #onChange} may block.
 *
 * @since 0.1.0
 */
public interface UserSettings {
  /**
   * Returns the users whom this user ignores.
   *
   * @throws StoreException if reading failed
   */
  Set<UserId> ignored(UserId user);

  /**
   * Returns the rooms that the user left and forgot. The host must remove a room from this list when the user is
   * invited or joins again. The engine does not know when a room was forgotten: it shows the room of a member even if
   * it is listed here, but hides it once the user has left again.
   *
   * @throws StoreException if reading failed
   */
  Set<RoomId> forgotten(UserId user);

  /**
   * Returns the users in the user's presence list who have accepted: their presence is sent to the user without a
   * shared room.
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
   * Returns those of {@code users} who block all invites, so that none is shown to them: the default action of their
   * {@code m.invite_permission_config} is {@code block}. The default is for hosts without this setting: nobody does.
   *
   * @throws StoreException if reading failed
   */
  default Set<UserId> blocksInvites(Collection<UserId> users) {
    return Set.of();
  }

  /**
   * Adds a listener that is called with the user whose settings changed, once the change can be read. Calls come on any
   * thread with no lock held, and may be late or repeated (rules L1, L2).
   */
  Registration onChange(Consumer<UserId> listener);
}
