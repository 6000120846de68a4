package io.github.matrixsync.domain.event;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One entry of an answer to a client, with ages as of the time of the answer: a room event, or presence, typing,
 * receipts or account data. The engine's are immutable, and share their bytes with other answers.
 *
 * @since 0.1.0
 */
public interface ClientEvent {
  /** Returns the entry's type, such as {@code m.room.message} or {@code m.presence}. */
  String type();

  /** Returns the event's id; empty for entries that are not room events, such as presence. */
  Optional<EventId> id();

  /** Returns the room that the entry belongs to; empty for presence and global account data. */
  Optional<RoomId> room();

  /** Returns the event's sender; empty for entries that are not room events. */
  Optional<UserId> sender();

  /**
   * Returns the value of {@code content}: one object, in a room event byte for byte as in the host's JSON, without
   * members that a redaction removed; the content of a redaction names its target in {@code redacts}.
   */
  RawJson content();

  /** Returns the whole entry: one object. */
  RawJson json();

  /** Returns the number of bytes that {@link #writeTo} writes. */
  long length();

  /**
   * Writes the bytes of {@link #json()} without making a copy. May be called by any number of threads; blocks only as
   * {@code out} does.
   *
   * @throws IOException if {@code out} throws it
   */
  void writeTo(OutputStream out) throws IOException;
}
