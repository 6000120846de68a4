package io.github.matrixsync.domain.token;

import java.util.Arrays;
import java.util.Objects;

/**
 * A position in all streams of the engine: {@code s<room>_<presence>_<typing>}, then {@code _<receipts>},
 * {@code _<account data>}, {@code _<to-device>} and {@code _<device lists>}, up to the last of these streams that there
 * is. Each part is the position of one stream up to which the client has everything; the order of the parts never
 * changes. The v1 stream and {@code /sync} have the same tokens. Immutable.
 *
 * <p>Source: the examples of the v1 Sync API, {@code s3456_9_0}.
 *
 * @since 0.1.0
 */
public final class StreamToken implements PaginationToken {
  private static final int ROOM = 0;
  private static final int PRESENCE = 1;
  private static final int TYPING = 2;
  private static final int RECEIPTS = 3;
  private static final int ACCOUNT_DATA = 4;
  private static final int TO_DEVICE = 5;
  private static final int DEVICE_LISTS = 6;

  private final long[] parts;

  private StreamToken(long[] parts) {
    this.parts = parts;
  }

  /**
   * Returns the token with these parts, in the order of the text.
   *
   * @param parts three to seven positions, none negative
   */
  public static StreamToken of(long... parts) {
    Objects.requireNonNull(parts, "parts");
    if (parts.length < TokenParts.MIN || parts.length > TokenParts.MAX) {
      throw new IllegalArgumentException("a token has 3 to 7 parts, got " + parts.length);
    }
    for (long part : parts) {
      if (part < 0) {
        throw new IllegalArgumentException("a part must not be negative, got " + part);
      }
    }
    return new StreamToken(parts.clone());
  }

  /**
   * Parses a token: {@code s}, then 3 to 7 parts of 1 to 19 ASCII digits.
   *
   * @throws InvalidTokenException if it is anything else; the message names the wrong part
   */
  public static StreamToken parse(String text) {
    Objects.requireNonNull(text, "text");
    if (text.isEmpty() || text.charAt(0) != 's') {
      throw InvalidTokenException.of("a stream token begins with 's'", text);
    }
    return new StreamToken(TokenParts.parse(text, 1, ROOM));
  }

  /** Returns the position of room events. */
  public long room() {
    return parts[ROOM];
  }

  /** Returns the position of presence. */
  public long presence() {
    return parts[PRESENCE];
  }

  /** Returns the position of typing. */
  public long typing() {
    return parts[TYPING];
  }

  /** Returns the position of receipts; 0 if the token has no such part. */
  public long receipts() {
    return part(RECEIPTS);
  }

  /** Returns the position of account data; 0 if the token has no such part. */
  public long accountData() {
    return part(ACCOUNT_DATA);
  }

  /** Returns the position of messages to devices; 0 if the token has no such part. */
  public long toDevice() {
    return part(TO_DEVICE);
  }

  /** Returns the position of device lists; 0 if the token has no such part. */
  public long deviceLists() {
    return part(DEVICE_LISTS);
  }

  /** Returns the number of parts, 3 to 7. */
  public int size() {
    return parts.length;
  }

  /** Returns the part with this number, 0 being the room part; 0 if the token has none such. */
  public long part(int number) {
    return number < parts.length ? parts[number] : 0;
  }

  /** Returns the token with another room part. */
  public StreamToken withRoom(long room) {
    return parts[ROOM] == room ? this : withPart(ROOM, room);
  }

  /** Returns the token with another part of this number, 0 being the room part; the token has it. */
  public StreamToken withPart(int number, long position) {
    long[] changed = parts.clone();
    changed[number] = position;
    return of(changed);
  }

  /** Returns the token with {@code size} parts: missing parts are 0, extra parts are dropped. */
  public StreamToken resized(int size) {
    return size == parts.length ? this : of(Arrays.copyOf(parts, size));
  }

  @Override
  public StreamToken requireAtMost(int size) {
    TokenParts.requireAtMost(size, parts.length, this);
    return resized(size);
  }

  /** Returns whether any part is greater than that of {@code other}. Two tokens may each be ahead of the other. */
  public boolean isAheadOf(StreamToken other) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] > other.part(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the token with the greater of each part, which is one of the two if it can be; both must be of one size.
   */
  public StreamToken max(StreamToken other) {
    if (!isAheadOf(other)) {
      return other;
    }
    if (!other.isAheadOf(this)) {
      return this;
    }
    long[] greater = parts.clone();
    for (int i = 0; i < greater.length; i++) {
      greater[i] = Math.max(greater[i], other.part(i));
    }
    return new StreamToken(greater);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof StreamToken token && Arrays.equals(parts, token.parts));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(16 + 4 * parts.length).append('s').append(parts[ROOM]);
    appendRest(text);
    return text.toString();
  }

  /** Appends what follows the room part. */
  void appendRest(StringBuilder text) {
    for (int i = PRESENCE; i < parts.length; i++) {
      text.append('_').append(parts[i]);
    }
  }
}
