package io.github.matrixsync.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.PaginationToken;
import java.util.List;
import java.util.Optional;

/**
 * The newest events of a room in an answer of {@code /sync}. Immutable.
 *
 * @param events ascending by arrival; in a first answer in the order of the room's history
 * @param limited whether events before these were left out, or may have been
 * @param previousBatch the token before the first event, from which pages of history lead back; absent if there is
 *     nothing to page
 * @since 0.1.0
 */
public record Timeline(
    List<ClientEvent> events, boolean limited, Optional<PaginationToken> previousBatch) {
  /** Copies the events. */
  public Timeline {
    events = List.copyOf(events);
  }

  /** Returns the same events, limited. */
  Timeline withLimited() {
    return new Timeline(events, true, previousBatch);
  }
}
