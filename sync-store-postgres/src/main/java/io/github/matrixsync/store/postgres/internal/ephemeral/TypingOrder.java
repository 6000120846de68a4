package io.github.matrixsync.store.postgres.internal.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;

/** A change of who is typing. Times are in milliseconds since the epoch. */
sealed interface TypingOrder {
  /** Sets a user as typing until a deadline. */
  record Start(RoomId room, UserId user, long deadline) implements TypingOrder {}

  /** Ends a user's typing. */
  record Stop(RoomId room, UserId user) implements TypingOrder {}

  /** Ends the typing of all whose deadline is at or before a time. */
  record Expire(long now) implements TypingOrder {}
}
