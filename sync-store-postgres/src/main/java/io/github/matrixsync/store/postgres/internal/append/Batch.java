package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.StateEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One caller's batch: first everything is checked, then every new event gets its position and its rows (rules A1 to
 * A5). Confined to one transaction.
 */
final class Batch {
  private static final int SHOWN = 64;

  private final StoredState state;
  private final List<Append> appends;
  private final Map<EventId, KnownEvent.Fields> inBatch = new HashMap<>();

  Batch(StoredState state, List<Append> appends) {
    this.state = state;
    this.appends = appends;
    appends.forEach(
        append -> inBatch.putIfAbsent(append.event().id(), KnownEvent.Fields.of(append.event())));
  }

  /**
   * Checks the state entries of all new events. Changes nothing.
   *
   * @throws IllegalArgumentException if an entry names an unknown event or one that does not fit
   */
  void check() {
    for (Append append : appends) {
      if (state.knownPosition(append.event().id(), append.kind()).isEmpty()) {
        checkEntries(append);
      }
    }
  }

  /** Adds the rows of all new events. Returns the position of each event of the batch. */
  List<Long> place(NewRows rows) {
    List<Long> positions = new ArrayList<>(appends.size());
    List<StateChange> changes = new ArrayList<>();
    for (Append append : appends) {
      OptionalLong known = state.knownPosition(append.event().id(), append.kind());
      positions.add(known.isPresent() ? known.getAsLong() : place(append, rows, changes));
    }
    for (StateChange change : changes) {
      change.event().flatMap(state::event).ifPresent(rows::markStateSetter);
    }
    return List.copyOf(positions);
  }

  private long place(Append append, NewRows rows, List<StateChange> allChanges) {
    RoomEvent event = append.event();
    RoomNow room = state.room(event.room());
    long position =
        append.kind() == EventKind.BACKFILL ? state.head.nextBackfill() : state.head.nextPosition();
    StateChanges changes = new StateChanges(state, append, position);
    StoredEvent stored = new StoredEvent(
        event,
        append.kind(),
        position,
        room.depthOf(event),
        changes.replaces(),
        changes.of(this::fields),
        append.visibility(),
        state.event(event.id()).filter(KnownEvent::changedMembership).isPresent(),
        Optional.empty());
    rows.add(stored, room, this::fields);
    if (append.isAfterGap()) {
      rows.gaps.add(new NewRows.Gap(room.number(), position));
    }
    allChanges.addAll(stored.changes());
    return position;
  }

  private void checkEntries(Append append) {
    Set<EntryRow.Key> seen = new HashSet<>();
    for (StateEntry entry : append.stateEntries()) {
      RoomEvent event = append.event();
      if (!seen.add(EntryRow.Key.of(event.room(), entry))) {
        throw new IllegalArgumentException(
            "event " + shown(event.id()) + " changes one state entry twice");
      }
      if (append.kind() == EventKind.OUTLIER && !isOwnMembership(event, entry)) {
        throw new IllegalArgumentException(
            "outlier " + shown(event.id()) + " changes more than its subject's membership");
      }
      entry.event().ifPresent(target -> checkTarget(event, entry, target));
    }
  }

  private static boolean isOwnMembership(RoomEvent event, StateEntry entry) {
    return event.subject().isPresent() && entry.equals(StateEntry.of(event));
  }

  private void checkTarget(RoomEvent appended, StateEntry entry, EventId id) {
    KnownEvent.Fields target = fields(id);
    if (target == null) {
      throw new IllegalArgumentException(
          "state entry of " + shown(appended.id()) + " names unknown " + shown(id));
    }
    boolean fits = target.room().equals(appended.room())
        && target.type().equals(entry.type())
        && entry.stateKey().equals(target.stateKey());
    if (!fits) {
      throw new IllegalArgumentException(
          "state entry of " + shown(appended.id()) + " differs in room or key from " + shown(id));
    }
  }

  private KnownEvent.@Nullable Fields fields(EventId id) {
    Optional<KnownEvent> stored = state.event(id);
    if (stored.isPresent()) {
      return stored.get().fields();
    }
    return state.purged.containsKey(id) ? null : inBatch.get(id);
  }

  private static String shown(EventId id) {
    String text = id.value();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
