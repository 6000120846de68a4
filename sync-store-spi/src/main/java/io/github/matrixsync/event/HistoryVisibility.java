package io.github.matrixsync.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may read a room's events, as {@code content.history_visibility} of {@code m.room.history_visibility} says it.
 *
 * @since 0.1.0
 */
public enum HistoryVisibility {
  /** Everybody, member or not. */
  WORLD_READABLE,
  /** Members, the time before they came included. */
  SHARED,
  /** Members, from their invite on. */
  INVITED,
  /** Members, from their join on. */
  JOINED;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** Returns the specification's word for it. */
  public String value() {
    return value;
  }

  /** Returns the visibility that {@code text} names; no text and unknown words are {@link #SHARED}. */
  public static HistoryVisibility parse(@Nullable String text) {
    for (HistoryVisibility visibility : values()) {
      if (visibility.value.equals(text)) {
        return visibility;
      }
    }
    return SHARED;
  }
}
