package io.github.matrixsync.event;

import java.util.regex.Pattern;

/**
 * A user id, {@code @localpart:server}. Accepts every id that a room may hold: the localpart of a historical id may be
 * empty and have any character except {@code :} and NUL.
 *
 * @param value the whole identifier, sigil included, at most 255 code points
 * @since 0.1.0
 */
public record UserId(String value) implements Comparable<UserId> {
  private static final Pattern NEW = Pattern.compile("[a-z0-9._=/+-]+");

  /**
   * Checks the form.
   *
   * @throws InvalidIdException if {@code value} is not a user id
   */
  public UserId {
    Identifiers.checkWithServer("a user id", '@', value);
  }

  /**
   * Returns the identifier that {@code text} spells.
   *
   * @throws InvalidIdException if {@code text} is not a user id
   */
  public static UserId parse(String text) {
    return new UserId(text);
  }

  /**
   * Returns the identifier that {@code text} spells, by the stricter grammar of new ids. For hosts that create ids,
   * never for ids that exist. The localpart of a new id has letters from a to z, digits and {@code ._=/+-}, and the
   * whole id at most 255 bytes.
   *
   * @throws InvalidIdException if {@code text} is not a user id, or not one that may be created
   */
  public static UserId parseStrict(String text) {
    UserId id = new UserId(text);
    Identifiers.checkNew("a user id", NEW, text);
    return id;
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
