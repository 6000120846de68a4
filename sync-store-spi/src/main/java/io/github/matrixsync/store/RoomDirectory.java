package io.github.matrixsync.store;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The published rooms and the aliases of rooms, read as of now. Thread-safe; may block.
 *
 * @since 0.1.0
 */
public interface RoomDirectory {
  /**
   * Returns those of {@code rooms} that are in the public room list.
   *
   * @throws StoreException if reading failed
   */
  Set<RoomId> published(Collection<RoomId> rooms);

  /**
   * Returns the local aliases of each of {@code rooms}; a room without any may be left out.
   *
   * @throws StoreException if reading failed
   */
  Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms);
}
