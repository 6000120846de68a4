package io.github.matrixsync.event;

/**
 * A room, {@code !opaque:server}; newer rooms have no server part.
 *
 * @param value the whole identifier, sigil included, at most 255 bytes
 */
public record RoomId(String value) implements Comparable<RoomId> {
  /**
   * Checks the form.
   *
   * @throws InvalidIdException if {@code value} is not a room id
   */
  public RoomId {
    Identifiers.checkOpaque("a room id", '!', value);
  }

  /**
   * Returns the identifier that {@code text} spells.
   *
   * @throws InvalidIdException if {@code text} is not a room id
   */
  public static RoomId parse(String text) {
    return new RoomId(text);
  }

  @Override
  public int compareTo(RoomId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
