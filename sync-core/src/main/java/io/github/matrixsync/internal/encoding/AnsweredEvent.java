package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** An encoded event in an answer that was made at a certain time. Immutable. */
final class AnsweredEvent implements ClientEvent {
  private final EncodedEvent event;
  private final Instant at;

  AnsweredEvent(EncodedEvent event, Instant at) {
    this.event = event;
    this.at = Objects.requireNonNull(at, "at");
  }

  /** Returns the same event with more members in {@code unsigned}. */
  ClientEvent with(RawJson members) {
    return event.at(at, members);
  }

  @Override
  public String type() {
    return event.type();
  }

  @Override
  public Optional<EventId> id() {
    return event.id();
  }

  @Override
  public Optional<RoomId> room() {
    return event.room();
  }

  @Override
  public Optional<UserId> sender() {
    return event.sender();
  }

  @Override
  public RawJson content() {
    return event.content(at);
  }

  @Override
  public RawJson json() {
    return event.json(at);
  }

  @Override
  public long length() {
    return event.length(at);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    event.writeTo(out, at);
  }

  /** Returns type, id and room, never content. */
  @Override
  public String toString() {
    return "ClientEvent" + event.summary();
  }
}
