package io.github.matrixsync.store.model;

import java.util.List;

/**
 * A part of the log, read.
 *
 * @param events live events and outliers, ascending by position
 * @param through the position up to which the page is complete: nothing of the interest lies after the read's
 *     {@code after}, at or below it, and outside the page
 * @since 0.1.0
 */
public record LogPage(List<StoredEvent> events, long through) {
  /** Copies the events. */
  public LogPage {
    events = List.copyOf(events);
  }
}
