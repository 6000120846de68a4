package io.github.matrixsync.domain.event;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One entry of an answer to a client, with the ages of the moment the answer was made: a room event, or presence,
 * typing, receipts or account data. The engine's are immutable, and share their bytes with other answers.
 *
 * @since 0.1.0
 */
public interface ClientEvent {
  /** Returns the entry's type, such as {@code m.room.message} or {@code m.presence}. */
  String type();

  /** Returns the event's id; empty for what is no room event, such as presence. */
  Optional<EventId> id();

  /** Returns the room that the entry belongs to; empty for presence and global account data. */
  Optional<RoomId> room();

  /** Returns who sent the event; empty for what is no room event. */
  Optional<UserId> sender();

  /**
   * Returns the value of {@code content}: one object, in a room event byte for byte as the host has it, less what a
   * redaction took away; that of a redaction has in {@code redacts} what it redacts.
   */
  RawJson content();

  /** Returns the whole entry: one object. */
  RawJson json();

  /** Returns the number of bytes that {@link #writeTo} writes. */
  long length();

  /**
   * Writes what {@link #json()} returns, without making it first. May be called by any number of threads; blocks only
   * as {@code out} does.
   *
   * @throws IOException if {@code out} throws it
   */
  void writeTo(OutputStream out) throws IOException;
}
