package io.github.matrixsync.store;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import java.util.Optional;
import java.util.Set;

/**
 * A room directory that is set through this library, with the reads that a host needs besides the engine's. The host
 * sets it; the engine never does. An alias names at most one room. When a method returns, every read sees what it set
 * (rule N1). All methods may block.
 *
 * @since 0.1.0
 */
public interface SettableRoomDirectory extends RoomDirectory {
  /**
   * Returns all rooms in the public room list, in any order.
   *
   * @throws StoreException if reading failed
   */
  Set<RoomId> published();

  /**
   * Returns the room that an alias names; empty if it names none.
   *
   * @throws StoreException if reading failed
   */
  Optional<RoomId> resolve(RoomAlias alias);

  /**
   * Adds a room to the public room list, or removes it. Does nothing if that is so already.
   *
   * @throws StoreException if storing failed
   */
  void setPublished(RoomId room, boolean isPublished);

  /**
   * Gives a room an alias, unless the alias names another room. Of several calls at once for one alias, on any
   * instances, the alias goes to the room of one.
   *
   * @return whether the alias names {@code room} now
   * @throws StoreException if storing failed
   */
  boolean addAlias(RoomId room, RoomAlias alias);

  /**
   * Removes an alias; does nothing if it names no room.
   *
   * @throws StoreException if storing failed
   */
  void removeAlias(RoomAlias alias);

  /**
   * Sets the aliases of a room, replacing those before. An alias that named another room is moved.
   *
   * @throws StoreException if storing failed
   */
  void setAliases(RoomId room, Set<RoomAlias> aliases);
}
