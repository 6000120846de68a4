package io.github.matrixsync.event;

import java.util.regex.Pattern;

/**
 * An event id, {@code $opaque:server}; from room version 3 on without the server part. Accepts every id that exists:
 * the opaque part may have any character except NUL.
 *
 * @param value the whole identifier, sigil included, at most 255 code points
 * @since 0.1.0
 */
public record EventId(String value) implements Comparable<EventId> {
  private static final Pattern NEW = Pattern.compile("[A-Za-z0-9._~+/-]+");

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

  /**
   * Returns the identifier that {@code text} spells, by the stricter grammar of new ids. For hosts that create ids,
   * never for ids that exist. A new id has ASCII letters, digits and {@code ._~+/-} before its server name, which may
   * be absent, and at most 255 bytes.
   *
   * @throws InvalidIdException if {@code text} is not an event id, or not one that may be created
   */
  public static EventId parseStrict(String text) {
    EventId id = new EventId(text);
    Identifiers.checkNew("an event id", NEW, text);
    return id;
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
