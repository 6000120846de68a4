package io.github.matrixsync.store;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.Set;

/**
 * User settings that are set through this library. The host sets them; the engine never does. When a method returns,
 * every read sees what it set (rule N1), and the listeners are called (rule L1); a method that sets what is set already
 * may call them too. All methods may block.
 *
 * @since 0.1.0
 */
public interface SettableUserSettings extends UserSettings {
  /**
   * Sets the users whom a user ignores, replacing those before.
   *
   * @throws StoreException if storing failed
   */
  void setIgnored(UserId user, Set<UserId> users);

  /**
   * Adds a room to those that a user has forgotten.
   *
   * @throws StoreException if storing failed
   */
  void forget(UserId user, RoomId room);

  /**
   * Removes a room from those that a user has forgotten, because the user was invited or joined again. Does nothing if
   * it is not among them.
   *
   * @throws StoreException if storing failed
   */
  void unforget(UserId user, RoomId room);

  /**
   * Sets the users in a user's presence list who have accepted, replacing those before.
   *
   * @throws StoreException if storing failed
   */
  void setPresenceList(UserId user, Set<UserId> users);

  /**
   * Marks a user as erased. This cannot be undone.
   *
   * @throws StoreException if storing failed
   */
  void erase(UserId user);

  @Override
  Set<UserId> blocksInvites(Collection<UserId> users);

  /**
   * Sets whether a user blocks all invites.
   *
   * @throws StoreException if storing failed
   */
  void setBlocksInvites(UserId user, boolean blocks);
}
