package io.github.matrixsync.store;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Which rooms are published and how they are called, read as of now. Thread-safe; may block.
 *
 * @since 0.1.0
 */
public interface RoomDirectory {
  /**
   * Returns those of {@code rooms} that the public room list shows.
   *
   * @throws StoreException if reading failed
   */
  Set<RoomId> published(Collection<RoomId> rooms);

  /**
   * Returns the local aliases of each of {@code rooms}; one without any may be left out.
   *
   * @throws StoreException if reading failed
   */
  Map<RoomId, Set<RoomAlias>> aliases(Collection<RoomId> rooms);
}
