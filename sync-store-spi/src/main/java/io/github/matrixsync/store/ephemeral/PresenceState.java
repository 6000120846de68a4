package io.github.matrixsync.store.ephemeral;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether a user is there, as {@code content.presence} of {@code m.presence} says it.
 *
 * @since 0.1.0
 */
public enum PresenceState {
  /** There. */
  ONLINE,
  /** There, but not at the keyboard. */
  UNAVAILABLE,
  /** Not there. */
  OFFLINE,
  /** There and glad to be spoken to. */
  FREE_FOR_CHAT;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** Returns the specification's word for it. */
  public String value() {
    return value;
  }

  /** Returns the state that {@code text} names, if it names one. */
  public static Optional<PresenceState> parse(String text) {
    for (PresenceState state : values()) {
      if (state.value.equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
