package io.github.matrixsync.event;

/**
 * A user, {@code @localpart:server}. Historical localparts are accepted as they are.
 *
 * @param value the whole identifier, sigil included, at most 255 bytes
 */
public record UserId(String value) implements Comparable<UserId> {
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

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
