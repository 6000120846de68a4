package io.github.matrixsync.domain;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry for clients, encoded once and written for as many readers as there are: its JSON without the ages, and the places where an age belongs. It holds no age, no token and no reader. Immutable.
 */
public final class EncodedEvent {
  /** What this object, its two lists and the ids weigh at least, in bytes. */
  private static final int BARE_WEIGHT = 256;

  private final String type;
  private final @Nullable EventId id;
  private final @Nullable RoomId room;
  private final @Nullable UserId sender;
  private final byte[] bytes;
  private final int contentFrom;
  private final int contentTo;
  private final int[] ageOffsets;
  private final long[] ageSince;

  /** Takes what {@code buffer} holds, of which the content is all from {@code contentFrom} to {@code contentTo}. */
  EncodedEvent(EventHead head, EventBuffer buffer, int contentFrom, int contentTo) {
    this.type = head.type();
    this.id = head.id();
    this.room = head.room();
    this.sender = head.sender();
    this.bytes = buffer.bytes();
    this.contentFrom = contentFrom;
    this.contentTo = contentTo;
    this.ageOffsets = buffer.ageOffsets();
    this.ageSince = buffer.ageSince();
  }

  /** Returns the entry's type, such as {@code m.room.message} or {@code m.presence}. */
  public String type() {
    return type;
  }

  /** Returns the event's id; empty for what is no room event, such as presence. */
  public Optional<EventId> id() {
    return Optional.ofNullable(id);
  }

  /** Returns the room that the entry belongs to; empty for presence. */
  public Optional<RoomId> room() {
    return Optional.ofNullable(room);
  }

  /** Returns who sent the event; empty for what is no room event. */
  public Optional<UserId> sender() {
    return Optional.ofNullable(sender);
  }

  /** Returns the number of bytes of the JSON as it is at {@code now}. */
  public long length(Instant now) {
    long length = bytes.length;
    long millis = Ages.millis(now);
    for (long since : ageSince) {
      length += Ages.digits(Ages.between(since, millis));
    }
    return length;
  }

  /** Returns about how many bytes of memory this takes, for a cache's bound. */
  public int weight() {
    return Math.addExact(BARE_WEIGHT + type.length(), bytes.length);
  }

  /**
   * Writes the JSON, every age being the milliseconds up to {@code now}, 0 if it has not come yet. May be called by any number of threads; blocks only as {@code out} does.
   *
   * @throws IOException if {@code out} throws it
   */
  public void writeTo(OutputStream out, Instant now) throws IOException {
    write(out, now, 0, bytes.length);
  }

  /** Returns the JSON as it is at {@code now}: one object. */
  public RawJson json(Instant now) {
    return slice(now, 0, bytes.length);
  }

  /** Returns the value of {@code content} as it is at {@code now}: one object. */
  public RawJson content(Instant now) {
    return slice(now, contentFrom, contentTo);
  }

  /** Returns type, id and room, never content. */
  @Override
  public String toString() {
    return "EncodedEvent" + summary();
  }

  String summary() {
    return "[" + type + (id == null ? "" : " " + id) + (room == null ? "" : " in " + room) + "]";
  }

  private RawJson slice(Instant now, int from, int to) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(to - from + ageOffsets.length * Ages.MAX_DIGITS);
    try {
      write(out, now, from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RawJson.of(out.toByteArray());
  }

  private void write(OutputStream out, Instant now, int from, int to) throws IOException {
    int written = from;
    if (ageOffsets.length > 0) {
      long millis = Ages.millis(now);
      byte[] digits = new byte[Ages.MAX_DIGITS];
      for (int i = 0; i < ageOffsets.length; i++) {
        int offset = ageOffsets[i];
        if (offset >= from && offset < to) {
          out.write(bytes, written, offset - written);
          int first = Ages.print(Ages.between(ageSince[i], millis), digits);
          out.write(digits, first, digits.length - first);
          written = offset;
        }
      }
    }
    out.write(bytes, written, to - written);
  }
}
