package io.github.matrixsync.store.model;

import java.util.List;

/**
 * One page of a log read.
 *
 * @param events live events and outliers, ascending by position
 * @param through the position up to which the page is complete: it has every event of the interest in {@code (after,
 *     through]}
 * @since 0.1.0
 */
public record LogPage(List<StoredEvent> events, long through) {
  /** Copies the events. */
  public LogPage {
    events = List.copyOf(events);
  }
}
