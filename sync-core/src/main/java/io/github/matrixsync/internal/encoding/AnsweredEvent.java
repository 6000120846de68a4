package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An encoded event in an answer that was made at a certain time, perhaps with members in {@code unsigned} that only the
 * reader of this answer gets. The bytes of the event are shared with other answers. Immutable.
 */
public final class AnsweredEvent implements ClientEvent {
  private static final byte[] END = "}}".getBytes(StandardCharsets.US_ASCII);

  private final EncodedEvent event;
  private final Instant at;
  private final @Nullable RawJson members;

  /**
   * Makes an event of an answer.
   *
   * @param members more members of {@code unsigned}, without its braces; null: none. Only for forms in which {@code
   *     unsigned} is an object and stands last
   */
  AnsweredEvent(EncodedEvent event, Instant at, @Nullable RawJson members) {
    this.event = event;
    this.at = Objects.requireNonNull(at, "at");
    this.members = members;
  }

  /**
   * Returns an event of an answer with more members in {@code unsigned}.
   *
   * @param event of a form in which {@code unsigned} is an object and stands last
   * @param more members of the object, without its braces; at least one
   * @throws IllegalArgumentException if members of the event were selected already
   */
  public static ClientEvent extend(ClientEvent event, RawJson more) {
    if (event instanceof AnsweredEvent answered) {
      RawJson known = answered.members;
      return new AnsweredEvent(
          answered.event, answered.at, known == null ? more : join(known, more));
    }
    throw new IllegalArgumentException("nothing can be added to " + event);
  }

  /** Returns the members of both as one list; neither may be empty. */
  public static RawJson join(RawJson some, RawJson more) {
    byte[] all = new byte[some.length() + 1 + more.length()];
    some.copyTo(all, 0);
    all[some.length()] = ',';
    more.copyTo(all, some.length() + 1);
    return RawJson.of(all);
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
    if (members == null) {
      return event.json(at);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(length()));
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RawJson.of(out.toByteArray());
  }

  @Override
  public long length() {
    long length = event.length(at);
    return members == null ? length : length + members.length() + (event.isUnsignedEmpty() ? 0 : 1);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    if (members == null) {
      event.writeTo(out, at);
      return;
    }
    event.writeOpenTo(out, at);
    if (!event.isUnsignedEmpty()) {
      out.write(',');
    }
    members.writeTo(out);
    out.write(END);
  }

  /** Returns type, id and room, never content. */
  @Override
  public String toString() {
    return "ClientEvent" + event.summary();
  }
}
