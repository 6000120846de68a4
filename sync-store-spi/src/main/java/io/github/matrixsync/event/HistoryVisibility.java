package io.github.matrixsync.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code content.history_visibility} of {@code m.room.history_visibility}: who may read a room's events.
 *
 * @since 0.1.0
 */
public enum HistoryVisibility {
  /** Everybody, member or not. */
  WORLD_READABLE,
  /** Members, including events from before they joined. */
  SHARED,
  /** Members, from their invite on. */
  INVITED,
  /** Members, from their join on. */
  JOINED;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** Returns the value in the specification. */
  public String value() {
    return value;
  }

  /** Returns the visibility with this value; null and unknown values are {@link #SHARED}. */
  public static HistoryVisibility parse(@Nullable String text) {
    for (HistoryVisibility visibility : values()) {
      if (visibility.value.equals(text)) {
        return visibility;
      }
    }
    return SHARED;
  }
}
