package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.internal.encoding.ClientEvents;
import java.util.List;

/**
 * A part of one room's history. Immutable.
 *
 * <p>Source: {@code PaginationChunk} of the v1 Sync API.
 *
 * @param chunk the events, in the direction that was asked for; in snapshots oldest first; may be empty
 * @param start in snapshots the place before the chunk, in pages the place from which it was read
 * @param end in snapshots the place after the chunk, in pages the place from which to go on
 * @param isLast whether it is certain that nothing is behind {@code end}; told of pages with a filter alone
 * @param state the member events of the senders of the chunk, if the filter asks for lazy loading; else empty
 * @since 0.1.0
 */
public record MessagePage(
    List<ClientEvent> chunk,
    PaginationToken start,
    PaginationToken end,
    boolean isLast,
    List<ClientEvent> state) {
  /** Copies the lists. */
  public MessagePage {
    chunk = ClientEvents.copyOf(chunk);
    state = List.copyOf(state);
  }

  /** A page without a filter. */
  public MessagePage(List<ClientEvent> chunk, PaginationToken start, PaginationToken end) {
    this(chunk, start, end, false, List.of());
  }
}
