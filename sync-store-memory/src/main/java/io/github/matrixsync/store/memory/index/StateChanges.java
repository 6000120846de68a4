package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Computes what one new event changes in its room's state and memberships (rule A5). Guarded by the store's lock. */
final class StateChanges {
  private final Indexes indexes;
  private final Room room;
  private final Append append;
  private final long position;

  StateChanges(Indexes indexes, Room room, Append append, long position) {
    this.indexes = indexes;
    this.room = room;
    this.append = append;
    this.position = position;
  }

  /** Returns the event that is the new event's own entry until now, if it is another event. */
  Optional<EventId> replaces() {
    RoomEvent event = append.event();
    if (append.kind() != EventKind.LIVE) {
      return Optional.empty();
    }
    return event
        .stateKey()
        .flatMap(key -> room.state.last(event.type(), key))
        .flatMap(StateChange::event)
        .filter(replaced -> !replaced.equals(event.id()));
  }

  /**
   * Returns the changes. An entry that is set to its present event does not change, unless it is the new event's own.
   */
  List<StateChange> of(Function<EventId, Optional<RoomEvent>> find) {
    List<StateChange> changes = new ArrayList<>();
    for (StateEntry entry : append.stateEntries()) {
      Optional<StateChange> last = room.state.last(entry.type(), entry.stateKey());
      boolean isOwn = entry.event().equals(Optional.of(append.event().id()));
      if (isOwn || !last.flatMap(StateChange::event).equals(entry.event())) {
        changes.add(change(entry, last, entry.event().flatMap(find)));
      }
    }
    return changes;
  }

  private StateChange change(
      StateEntry entry, Optional<StateChange> last, Optional<RoomEvent> event) {
    Optional<UserId> user = event.isPresent() ? event.get().subject() : memberOf(last);
    if (user.isPresent()) {
      return memberChange(user.get(), event);
    }
    boolean isVisibility =
        entry.type().equals(RoomEvent.HISTORY_VISIBILITY) && entry.stateKey().isEmpty();
    return isVisibility
        ? visibilityChange(last, event)
        : new EntryChange(position, entry.type(), entry.stateKey(), entry.event());
  }

  private MemberChange memberChange(UserId user, Optional<RoomEvent> event) {
    Membership before = indexes.memberships.last(user, append.event().room());
    Membership after = event.flatMap(RoomEvent::membership).orElse(Membership.LEAVE);
    return new MemberChange(position, user, before, after, event.map(RoomEvent::id));
  }

  private VisibilityChange visibilityChange(Optional<StateChange> last, Optional<RoomEvent> event) {
    HistoryVisibility before = last.filter(VisibilityChange.class::isInstance)
        .map(VisibilityChange.class::cast)
        .map(VisibilityChange::after)
        .orElse(HistoryVisibility.SHARED);
    HistoryVisibility after =
        event.flatMap(RoomEvent::historyVisibility).orElse(HistoryVisibility.SHARED);
    Optional<EventId> id = event.map(RoomEvent::id);
    boolean boundary = id.equals(Optional.of(append.event().id()));
    return new VisibilityChange(position, before, after, id, boundary);
  }

  private static Optional<UserId> memberOf(Optional<StateChange> last) {
    return last.filter(MemberChange.class::isInstance)
        .map(MemberChange.class::cast)
        .map(MemberChange::user);
  }
}
