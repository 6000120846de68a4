package io.github.matrixsync.event;

/**
 * A room alias, {@code #name:server}.
 *
 * @param value the whole identifier, sigil included, at most 255 bytes
 */
public record RoomAlias(String value) implements Comparable<RoomAlias> {
  /**
   * Checks the form.
   *
   * @throws InvalidIdException if {@code value} is not a room alias
   */
  public RoomAlias {
    Identifiers.checkWithServer("a room alias", '#', value);
  }

  /**
   * Returns the identifier that {@code text} spells.
   *
   * @throws InvalidIdException if {@code text} is not a room alias
   */
  public static RoomAlias parse(String text) {
    return new RoomAlias(text);
  }

  @Override
  public int compareTo(RoomAlias other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
