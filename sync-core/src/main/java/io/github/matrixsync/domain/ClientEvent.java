package io.github.matrixsync.domain;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of an answer to a client, with the ages of the moment the answer was made: a room event, or presence, typing, receipts or account data. Its bytes are shared with every other answer that has it. Immutable.
 */
public final class ClientEvent {
  private final EncodedEvent event;
  private final Instant at;

  private ClientEvent(EncodedEvent event, Instant at) {
    this.event = Objects.requireNonNull(event, "event");
    this.at = Objects.requireNonNull(at, "at");
  }

  /** Returns {@code event} in an answer made at {@code at}. */
  public static ClientEvent of(EncodedEvent event, Instant at) {
    return new ClientEvent(event, at);
  }

  /** Returns the entry's type, such as {@code m.room.message} or {@code m.presence}. */
  public String type() {
    return event.type();
  }

  /** Returns the event's id; empty for what is no room event, such as presence. */
  public Optional<EventId> id() {
    return event.id();
  }

  /** Returns the room that the entry belongs to; empty for presence and global account data. */
  public Optional<RoomId> room() {
    return event.room();
  }

  /** Returns who sent the event; empty for what is no room event. */
  public Optional<UserId> sender() {
    return event.sender();
  }

  /**
   * Returns the value of {@code content}: one object, in a room event byte for byte as the host has it, less what a
   * redaction took away; that of a redaction has in {@code redacts} what it redacts.
   */
  public RawJson content() {
    return event.content(at);
  }

  /** Returns the whole entry: one object. */
  public RawJson json() {
    return event.json(at);
  }

  /** Returns the number of bytes that {@link #writeTo} writes. */
  public long length() {
    return event.length(at);
  }

  /**
   * Writes what {@link #json()} returns, without making it first. May be called by any number of threads; blocks only as {@code out} does.
   *
   * @throws IOException if {@code out} throws it
   */
  public void writeTo(OutputStream out) throws IOException {
    event.writeTo(out, at);
  }

  /** Returns type, id and room, never content. */
  @Override
  public String toString() {
    return "ClientEvent" + event.summary();
  }
}
