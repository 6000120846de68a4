package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import java.time.Instant;

/**
 * A typing store that takes typing through this library. The engine never calls it: hosts do.
 *
 * @since 0.1.0
 */
public interface SettableTypingStore extends TypingStore {
  /**
   * Says that a user types in a room until {@code deadline}. For one who is typing already only the deadline changes,
   * and no position is taken. May block.
   *
   * @throws StoreException if storing failed
   */
  void start(RoomId room, UserId user, Instant deadline);

  /**
   * Says that a user no longer types in a room, because they stopped, sent, or left. May block.
   *
   * @throws StoreException if storing failed
   */
  void stop(RoomId room, UserId user);
}
