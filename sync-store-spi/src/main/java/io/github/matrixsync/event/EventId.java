package io.github.matrixsync.event;

/**
 * An event, {@code $opaque:server}; newer rooms' events have no server part.
 *
 * @param value the whole identifier, sigil included, at most 255 bytes
 */
public record EventId(String value) implements Comparable<EventId> {
  /**
   * Checks the form.
   *
   * @throws InvalidIdException if {@code value} is not an event id
   */
  public EventId {
    Identifiers.checkOpaque("an event id", '$', value);
  }

  /**
   * Returns the identifier that {@code text} spells.
   *
   * @throws InvalidIdException if {@code text} is not an event id
   */
  public static EventId parse(String text) {
    return new EventId(text);
  }

  @Override
  public int compareTo(EventId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
