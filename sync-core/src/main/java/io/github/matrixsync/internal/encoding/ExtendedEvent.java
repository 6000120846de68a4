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
import java.util.Optional;

/**
 * An encoded event in an answer for one reader, with members in {@code unsigned} that only this reader gets. The bytes
 * of the event are shared with other answers. Immutable.
 */
public final class ExtendedEvent implements ClientEvent {
  private static final byte[] END = "}}".getBytes(StandardCharsets.US_ASCII);

  private final EncodedEvent event;
  private final Instant at;
  private final RawJson members;

  /** Makes an event of a form in which {@code unsigned} is an object and stands last. */
  ExtendedEvent(EncodedEvent event, Instant at, RawJson members) {
    this.event = event;
    this.at = at;
    this.members = members;
  }

  /**
   * Returns an event of an answer with more members in {@code unsigned}.
   *
   * @param event of a form in which {@code unsigned} is an object and stands last
   * @param members of the object, without its braces; at least one
   * @throws IllegalArgumentException if members of the event were selected already
   */
  public static ClientEvent extend(ClientEvent event, RawJson members) {
    if (event instanceof AnsweredEvent answered) {
      return answered.with(members);
    }
    if (event instanceof ExtendedEvent extended) {
      return new ExtendedEvent(extended.event, extended.at, join(extended.members, members));
    }
    throw new IllegalArgumentException("nothing can be added to " + event);
  }

  private static RawJson join(RawJson some, RawJson more) {
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
    return event.length(at) + members.length() + (event.isUnsignedEmpty() ? 0 : 1);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
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
