package io.github.matrixsync.call.room;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.HistoryToken;
import java.util.List;

/**
 * An event and those around it. Immutable.
 *
 * <p>Source: {@code GET /rooms/{roomId}/context/{eventId}} of the Client-Server API.
 *
 * @param event the event in the middle
 * @param before the events before it, newest first; may be empty
 * @param after the events after it, oldest first; may be empty
 * @param start the place before the oldest event
 * @param end the place after the newest event
 * @param state the room's state at the newest event, sorted by type and state key
 * @since 0.1.0
 */
// More than five parameters: the members of the answer that the specification names.
public record EventContext(
    ClientEvent event,
    List<ClientEvent> before,
    List<ClientEvent> after,
    HistoryToken start,
    HistoryToken end,
    List<ClientEvent> state) {
  /** Copies the lists. */
  public EventContext {
    before = List.copyOf(before);
    after = List.copyOf(after);
    state = List.copyOf(state);
  }
}
