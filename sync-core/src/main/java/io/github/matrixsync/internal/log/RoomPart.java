package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The room events that one look found.
 *
 * @param due the events that are due, ascending
 * @param memberEvents events that are not due but make somebody join or leave, and that the reader may know of;
 *     ascending
 * @param through the position up to which the look read: no other event up to it is due
 */
public record RoomPart(List<Due> due, List<StoredEvent> memberEvents, long through) {
  /**
   * An event that is due, with its encoded form.
   *
   * @param stored the event
   * @param encoded the encoded event; empty if it is damaged and left out
   */
  public record Due(StoredEvent stored, Optional<EncodedEvent> encoded) {}

  /** Returns whether any of its events is shown to clients. */
  public boolean isShown() {
    return due.stream().anyMatch(event -> event.encoded().isPresent());
  }

  /** Returns all events, due or not, ascending. */
  List<StoredEvent> examined() {
    List<StoredEvent> all = new ArrayList<>(due.size() + memberEvents.size());
    due.forEach(event -> all.add(event.stored()));
    if (!memberEvents.isEmpty()) {
      all.addAll(memberEvents);
      all.sort(Comparator.comparingLong(StoredEvent::position));
    }
    return all;
  }

  /** Returns the events with their ages at {@code now}, in a list that the caller may extend. */
  public List<ClientEvent> at(Instant now) {
    List<ClientEvent> events = new ArrayList<>(due.size());
    for (Due event : due) {
      event.encoded().ifPresent(encoded -> events.add(encoded.at(now)));
    }
    return events;
  }
}
