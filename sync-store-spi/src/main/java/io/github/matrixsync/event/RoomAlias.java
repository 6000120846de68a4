package io.github.matrixsync.event;

import java.util.regex.Pattern;

/**
 * A room alias, {@code #name:server}. Accepts every alias that exists: the name may have any character except {@code :}
 * and NUL.
 *
 * @param value the whole identifier, sigil included, at most 255 code points
 * @since 0.1.0
 */
public record RoomAlias(String value) implements Comparable<RoomAlias> {
  private static final Pattern NEW = Pattern.compile("[^:\\s\\p{Cntrl}]+");

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

  /**
   * Returns the identifier that {@code text} spells, by the stricter grammar of new aliases. For hosts that create
   * aliases, never for aliases that exist. The name of a new alias has neither blanks nor control characters, and the
   * whole alias at most 255 bytes.
   *
   * @throws InvalidIdException if {@code text} is not a room alias, or not one that may be created
   */
  public static RoomAlias parseStrict(String text) {
    RoomAlias id = new RoomAlias(text);
    Identifiers.checkNew("a room alias", NEW, text);
    return id;
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
