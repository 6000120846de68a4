package io.github.matrixsync.store.postgres.internal.append;

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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes what one new event changes in its room's state and memberships (rule A5). Confined to one transaction. */
final class StateChanges {
  private final StoredState state;
  private final Append append;
  private final long position;

  StateChanges(StoredState state, Append append, long position) {
    this.state = state;
    this.append = append;
    this.position = position;
  }

  /** Returns the event that is the new event's own entry until now, if it is another event. */
  Optional<EventId> replaces() {
    RoomEvent event = append.event();
    if (append.kind() != EventKind.LIVE || !event.isState()) {
      return Optional.empty();
    }
    EntryRow.Key key =
        new EntryRow.Key(event.room(), event.type(), event.stateKey().orElseThrow());
    return Optional.ofNullable(state.entry(key))
        .map(KnownEvent::id)
        .filter(id -> !id.equals(event.id()));
  }

  /**
   * Returns the changes. An entry that is set to its present event does not change, unless it is the new event's own.
   *
   * @param fields finds the fields of an event that an entry names
   */
  List<StateChange> of(Function<EventId, KnownEvent.@Nullable Fields> fields) {
    List<StateChange> changes = new ArrayList<>();
    for (StateEntry entry : append.stateEntries()) {
      KnownEvent last = state.entry(EntryRow.Key.of(append.event().room(), entry));
      boolean isOwn = entry.event().equals(Optional.of(append.event().id()));
      if (isOwn || !Optional.ofNullable(last).map(KnownEvent::id).equals(entry.event())) {
        changes.add(change(entry, last, entry.event().map(fields).orElse(null)));
      }
    }
    return changes;
  }

  private StateChange change(
      StateEntry entry, @Nullable KnownEvent last, KnownEvent.@Nullable Fields becomes) {
    boolean isMember =
        becomes != null ? becomes.membership() != null : last != null && last.subject() != null;
    if (isMember) {
      return memberChange(UserId.parse(entry.stateKey()), entry, becomes);
    }
    boolean isVisibility =
        entry.type().equals(RoomEvent.HISTORY_VISIBILITY) && entry.stateKey().isEmpty();
    return isVisibility
        ? visibilityChange(entry, last, becomes)
        : new EntryChange(position, entry.type(), entry.stateKey(), entry.event());
  }

  private MemberChange memberChange(
      UserId user, StateEntry entry, KnownEvent.@Nullable Fields becomes) {
    Membership before = state.membership(new MemberRow.Key(user, append.event().room()));
    Membership after =
        becomes == null ? Membership.LEAVE : Objects.requireNonNull(becomes.membership());
    return new MemberChange(position, user, before, after, entry.event());
  }

  private VisibilityChange visibilityChange(
      StateEntry entry, @Nullable KnownEvent last, KnownEvent.@Nullable Fields becomes) {
    boolean boundary = entry.event().equals(Optional.of(append.event().id()));
    return new VisibilityChange(
        position,
        visibility(last == null ? null : last.fields()),
        visibility(becomes),
        entry.event(),
        boundary);
  }

  private static HistoryVisibility visibility(KnownEvent.@Nullable Fields fields) {
    return fields == null || fields.visibility() == null
        ? HistoryVisibility.SHARED
        : fields.visibility();
  }
}
