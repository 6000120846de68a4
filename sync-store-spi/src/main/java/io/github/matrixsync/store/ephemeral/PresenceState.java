package io.github.matrixsync.store.ephemeral;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The values of {@code content.presence} of {@code m.presence}.
 *
 * @since 0.1.0
 */
public enum PresenceState {
  /** Online. */
  ONLINE,
  /** Online, but idle or away. */
  UNAVAILABLE,
  /** Offline. */
  OFFLINE,
  /** Online and free to chat. */
  FREE_FOR_CHAT;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** Returns the value in the specification. */
  public String value() {
    return value;
  }

  /** Returns the state with this value; empty if there is none. */
  public static Optional<PresenceState> parse(String text) {
    Objects.requireNonNull(text, "text");
    for (PresenceState state : values()) {
      if (state.value.equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
