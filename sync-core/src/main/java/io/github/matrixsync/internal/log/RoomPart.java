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
 * The room events of one look.
 *
 * @param due those that are due, ascending
 * @param memberEvents those that are not due and with which somebody came into a room or went, as the one who asks may
 *     know; ascending
 * @param through up to where the look went: nothing due lies after its beginning, at or below this, and outside the
 *     part
 */
public record RoomPart(List<Due> due, List<StoredEvent> memberEvents, long through) {
  /**
   * One event that is due, with the form in which it goes out.
   *
   * @param stored the event
   * @param encoded as clients get it; empty if it is damaged and they do not
   */
  public record Due(StoredEvent stored, Optional<EncodedEvent> encoded) {}

  /** Returns whether clients get anything of it. */
  public boolean isShown() {
    return due.stream().anyMatch(event -> event.encoded().isPresent());
  }

  /** Returns all of them, due or not, ascending. */
  List<StoredEvent> examined() {
    List<StoredEvent> all = new ArrayList<>(due.size() + memberEvents.size());
    due.forEach(event -> all.add(event.stored()));
    if (!memberEvents.isEmpty()) {
      all.addAll(memberEvents);
      all.sort(Comparator.comparingLong(StoredEvent::position));
    }
    return all;
  }

  /** Returns the events as they are at {@code now}, in a list that may grow. */
  public List<ClientEvent> at(Instant now) {
    List<ClientEvent> events = new ArrayList<>(due.size());
    for (Due event : due) {
      event.encoded().ifPresent(encoded -> events.add(encoded.at(now)));
    }
    return events;
  }
}
