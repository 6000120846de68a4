package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import java.time.Instant;

/**
 * A typing store whose entries are set through this library. The host sets them; the engine never does.
 *
 * @since 0.1.0
 */
public interface SettableTypingStore extends TypingStore {
  /**
   * Sets a user as typing in a room until {@code deadline}. If the user is typing already, only the deadline changes,
   * and no position is taken. May block.
   *
   * @param deadline cut to the millisecond
   * @throws StoreException if storing failed
   */
  void start(RoomId room, UserId user, Instant deadline);

  /**
   * Ends a user's typing in a room, because they stopped, sent a message, or left. May block.
   *
   * @throws StoreException if storing failed
   */
  void stop(RoomId room, UserId user);
}
