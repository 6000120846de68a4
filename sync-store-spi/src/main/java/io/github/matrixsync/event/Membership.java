package io.github.matrixsync.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A user's relation to a room, as {@code content.membership} of {@code m.room.member} says it; ordered from the most
 * joined to the least.
 *
 * @since 0.1.0
 */
public enum Membership {
  /** In the room. */
  JOIN,
  /** Asked to come in. */
  INVITE,
  /** Asking to come in. */
  KNOCK,
  /** Gone, or never there. */
  LEAVE,
  /** Shut out. */
  BAN;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** Returns the specification's word for it. */
  public String value() {
    return value;
  }

  /** Returns the membership that {@code text} names; no text and unknown words are {@link #LEAVE}. */
  public static Membership parse(@Nullable String text) {
    for (Membership membership : values()) {
      if (membership.value.equals(text)) {
        return membership;
      }
    }
    return LEAVE;
  }
}
