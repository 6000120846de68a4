package io.github.matrixsync.internal.encoding;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.store.model.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry for clients, encoded once for any number of readers: its JSON without ages, and the offsets of the ages. It
 * contains no age, token or reader. Immutable.
 */
public final class EncodedEvent {
  /** The minimum memory of this object with its parts and ids, in bytes. */
  private static final int BARE_WEIGHT = 256;

  private final EventHead head;
  private final AgedBytes bytes;
  private final EventSpan span;

  /** Makes an entry of a part of {@code bytes}. */
  EncodedEvent(EventHead head, AgedBytes bytes, EventSpan span) {
    this.head = head;
    this.bytes = bytes;
    this.span = span;
  }

  /**
   * Encodes a room event for clients. Where its envelope and its JSON differ, the envelope is used. A redacted event is
   * pruned and contains its redaction, which is itself pruned if it is redacted.
   *
   * @param event what is shown
   * @param replaced the event that {@code event.replaces()} names, if its content is to be shown as {@code
   *     prev_content}, pruned if it is redacted; empty: no {@code prev_content}
   * @throws InvalidEventException if the JSON of one of these events is no JSON object, or its {@code content} is none;
   *     without any {@code content} an empty one is shown
   * @throws IllegalArgumentException if {@code replaced} is not the event that {@code event.replaces()} names
   */
  public static EncodedEvent of(EventForm form, StoredEvent event, Optional<StoredEvent> replaced) {
    return EventWriter.encode(form, event, replaced);
  }

  /**
   * Returns all that {@code buffer} holds, of which the content is what stands from {@code contentFrom} to
   * {@code contentTo}.
   */
  static EncodedEvent of(
      EventHead head, JsonWriter<Instant> buffer, int contentFrom, int contentTo) {
    return new EncodedEvent(
        head, new AgedBytes(buffer), new EventSpan(0, contentFrom, contentTo, buffer.length()));
  }

  /** Returns the entry's type, such as {@code m.room.message} or {@code m.presence}. */
  public String type() {
    return head.type();
  }

  /** Returns the event's id; empty for entries that are not room events, such as presence. */
  public Optional<EventId> id() {
    return Optional.ofNullable(head.id());
  }

  /** Returns the room that the entry belongs to; empty for presence. */
  public Optional<RoomId> room() {
    return Optional.ofNullable(head.room());
  }

  /** Returns the event's sender; empty for entries that are not room events. */
  public Optional<UserId> sender() {
    return Optional.ofNullable(head.sender());
  }

  /** Returns the state key; empty for what is no state event. */
  public Optional<String> stateKey() {
    return Optional.ofNullable(head.stateKey());
  }

  /** Returns the membership that a member event sets; empty for all other entries. */
  public Optional<Membership> membership() {
    return Optional.ofNullable(head.membership());
  }

  /** Returns this event in an answer that is made at {@code now}. */
  public ClientEvent at(Instant now) {
    return new AnsweredEvent(this, now, null);
  }

  /**
   * Returns this event in an answer that is made at {@code now}, with more members in {@code unsigned}. Only for forms
   * in which {@code unsigned} is an object and stands last.
   *
   * @param members of the object, without its braces; empty: none
   */
  public ClientEvent at(Instant now, RawJson members) {
    return new AnsweredEvent(this, now, members.length() == 0 ? null : members);
  }

  /** Returns whether {@code unsigned}, which stands last, has no members. */
  boolean isUnsignedEmpty() {
    return bytes.at(span.to() - 3) == '{';
  }

  /** Writes all but the two braces that end {@code unsigned} and the event. */
  void writeOpenTo(OutputStream out, Instant now) throws IOException {
    bytes.writeWithAgeAtEndTo(out, now, span.from(), span.to() - 2);
  }

  /** Returns the number of bytes of the JSON as it is at {@code now}. */
  public long length(Instant now) {
    return bytes.length(now, span.from(), span.to());
  }

  /** Returns about how many bytes of memory this takes, for a cache's bound. */
  public int weight() {
    return Math.addExact(BARE_WEIGHT + head.type().length(), bytes.weight());
  }

  /**
   * Writes the JSON, every age being the milliseconds up to {@code now}, 0 if it has not come yet. May be called by any
   * number of threads; blocks only as {@code out} does.
   *
   * @throws IOException if {@code out} throws it
   */
  public void writeTo(OutputStream out, Instant now) throws IOException {
    bytes.writeTo(out, now, span.from(), span.to());
  }

  /** Returns the JSON as it is at {@code now}: one object. */
  public RawJson json(Instant now) {
    return slice(now, span.from(), span.to());
  }

  /** Returns the value of {@code content} as it is at {@code now}: one object. */
  public RawJson content(Instant now) {
    return slice(now, span.contentFrom(), span.contentTo());
  }

  /** Returns type, id and room, never content. */
  @Override
  public String toString() {
    return "EncodedEvent" + summary();
  }

  String summary() {
    return head.summary();
  }

  private RawJson slice(Instant now, int from, int to) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(Math.toIntExact(bytes.length(now, from, to)));
    try {
      bytes.writeTo(out, now, from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RawJson.of(out.toByteArray());
  }
}
