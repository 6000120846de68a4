package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The room events of one look.
 *
 * @param due those that are due, ascending
 * @param through up to where the look went: nothing due lies after its beginning, at or below this, and outside the part
 */
public record RoomPart(List<Due> due, long through) {
  /**
   * One event that is due, with the form in which it goes out.
   *
   * @param stored the event
   * @param encoded as clients get it
   */
  public record Due(StoredEvent stored, EncodedEvent encoded) {}

  /** Returns the events as they are at {@code now}, in a list that may grow. */
  public List<ClientEvent> at(Instant now) {
    List<ClientEvent> events = new ArrayList<>(due.size());
    for (Due event : due) {
      events.add(ClientEvent.of(event.encoded(), now));
    }
    return events;
  }
}
