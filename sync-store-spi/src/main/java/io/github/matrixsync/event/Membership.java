package io.github.matrixsync.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code content.membership} of {@code m.room.member}: a user's relation to a room. Ordered from the most
 * joined to the least.
 *
 * @since 0.1.0
 */
public enum Membership {
  /** In the room. */
  JOIN,
  /** Invited to the room. */
  INVITE,
  /** Knocking: asking to be invited. */
  KNOCK,
  /** Has left, or never joined. */
  LEAVE,
  /** Banned from the room. */
  BAN;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** Returns the value in the specification. */
  public String value() {
    return value;
  }

  /** Returns the membership with this value; null and unknown values are {@link #LEAVE}. */
  public static Membership parse(@Nullable String text) {
    for (Membership membership : values()) {
      if (membership.value.equals(text)) {
        return membership;
      }
    }
    return LEAVE;
  }
}
