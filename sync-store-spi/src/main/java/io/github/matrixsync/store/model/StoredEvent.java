package io.github.matrixsync.store.model;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.state.StateChange;
import java.util.List;
import java.util.Optional;

/**
 * An event with its position, its depth, the state it changed and the redaction that applies to it.
 *
 * @param event the event, as the host appended it
 * @param kind how it entered the log
 * @param position its place in the order of arrival: at least 1, for backfill at most -1
 * @param depth its depth, set by the host or assigned by the store
 * @param replaces the state event that this one's own entry was right before it (rule A5)
 * @param changes the state entries that changed with it, its own among them if it became that entry (rule A5); empty
 *     for backfill
 * @param visibility for backfill: the history visibility at the event, if it is known
 * @param subjectKnows whether its subject got it before, as an outlier at an earlier position that changed the
 *     subject's membership
 * @param redaction the redaction that applies to it at the time of the read (rule D1)
 * @since 0.1.0
 */
// More than five parameters: one for each thing that a store knows of an event; stores fill them
// from columns.
public record StoredEvent(
    RoomEvent event,
    EventKind kind,
    long position,
    long depth,
    Optional<EventId> replaces,
    List<StateChange> changes,
    Optional<HistoryVisibility> visibility,
    boolean subjectKnows,
    Optional<Redaction> redaction) {
  /** Copies the changes. */
  public StoredEvent {
    changes = List.copyOf(changes);
  }

  /** Returns the event's point in the room's history. */
  public HistoryPoint point() {
    return new HistoryPoint(depth, position);
  }

  /**
   * Returns whether this is a state event that became the entry of its type and state key where it was appended. A
   * state event that lost state resolution did not, and neither did one that was backfilled or is an outlier other
   * than a member event.
   */
  public boolean becameState() {
    if (!event.isState()) {
      return false;
    }
    for (StateChange change : changes) {
      if (change.event().isPresent() && change.event().get().equals(event.id())) {
        return true;
      }
    }
    return false;
  }

  /** Returns the same event with another redaction. */
  public StoredEvent withRedaction(Optional<Redaction> now) {
    return new StoredEvent(
        event, kind, position, depth, replaces, changes, visibility, subjectKnows, now);
  }
}
