package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
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

/**
 * Performs one call of append: first everything is checked, then everything is stored (rule A1). Used once, guarded by
 * the store's lock.
 */
public final class Batch {
  private static final int SHOWN = 64;

  private final Indexes indexes;
  private final List<Append> appends;
  private final Map<EventId, RoomEvent> inBatch = new HashMap<>();

  public Batch(Indexes indexes, List<Append> appends) {
    this.indexes = indexes;
    this.appends = appends;
    appends.forEach(append -> inBatch.putIfAbsent(append.event().id(), append.event()));
  }

  /**
   * Checks the state entries of all new events. Changes nothing.
   *
   * @throws IllegalArgumentException if an entry names an unknown event or one that does not fit
   */
  public void check() {
    for (Append append : appends) {
      if (indexes.knownPosition(append.event().id(), append.kind()).isEmpty()) {
        checkEntries(append);
      }
    }
  }

  /** Stores all new events. Returns the position of each event of the batch. */
  public List<Long> store() {
    List<Long> positions = new ArrayList<>(appends.size());
    List<StateChange> changes = new ArrayList<>();
    for (Append append : appends) {
      OptionalLong known = indexes.knownPosition(append.event().id(), append.kind());
      positions.add(known.isPresent() ? known.getAsLong() : store(append, changes));
    }
    for (StateChange change : changes) {
      change.event().flatMap(indexes::entry).ifPresent(Entry::markStateEntry);
    }
    return List.copyOf(positions);
  }

  private long store(Append append, List<StateChange> allChanges) {
    RoomEvent event = append.event();
    Room room = indexes.roomOrNew(event.room());
    long position = indexes.nextPosition(append.kind());
    StateChanges changes = new StateChanges(indexes, room, append, position);
    StoredEvent stored = new StoredEvent(
        event,
        append.kind(),
        position,
        room.depthOf(event),
        changes.replaces(),
        changes.of(this::find),
        append.visibility(),
        indexes.entry(event.id()).filter(Entry::changedMembership).isPresent(),
        room.redactions.of(event.id()));
    indexes.add(new Entry(stored, room, indexes.people));
    if (append.isAfterGap()) {
      room.addGap(position);
    }
    allChanges.addAll(stored.changes());
    redactTargets(room, stored);
    return position;
  }

  private void redactTargets(Room room, StoredEvent stored) {
    RoomEvent event = stored.event();
    event
        .redacts()
        .map(target -> room.redactions.add(target, event, stored.kind()))
        .orElse(Set.of())
        .forEach(changed -> showRedaction(room, event.room(), changed));
  }

  private void showRedaction(Room room, RoomId id, EventId target) {
    Optional<Redaction> redaction = room.redactions.of(target);
    Optional<Entry> entry =
        indexes.entry(target).filter(known -> known.event().room().equals(id));
    if (redaction.isPresent() && entry.isPresent()) {
      entry.get().redact(redaction.get());
    }
  }

  private void checkEntries(Append append) {
    Set<StateEntry> seen = new HashSet<>();
    for (StateEntry entry : append.stateEntries()) {
      String appended = shown(append.event().id());
      if (!seen.add(new StateEntry(entry.type(), entry.stateKey(), Optional.empty()))) {
        throw new IllegalArgumentException("event " + appended + " changes one state entry twice");
      }
      if (append.kind() == EventKind.OUTLIER && !isOwnMembership(append.event(), entry)) {
        throw new IllegalArgumentException(
            "outlier " + appended + " changes more than its subject's membership");
      }
      entry.event().ifPresent(target -> checkTarget(append.event(), entry, target));
    }
  }

  private static boolean isOwnMembership(RoomEvent event, StateEntry entry) {
    return event.subject().isPresent() && entry.equals(StateEntry.of(event));
  }

  private void checkTarget(RoomEvent appended, StateEntry entry, EventId id) {
    RoomEvent target = find(id)
        .orElseThrow(() -> new IllegalArgumentException(
            "state entry of " + shown(appended.id()) + " names unknown " + shown(id)));
    boolean fits = target.room().equals(appended.room())
        && target.type().equals(entry.type())
        && target.stateKey().equals(Optional.of(entry.stateKey()));
    if (!fits) {
      throw new IllegalArgumentException(
          "state entry of " + shown(appended.id()) + " differs in room or key from " + shown(id));
    }
  }

  private Optional<RoomEvent> find(EventId id) {
    Optional<RoomEvent> stored = indexes.entry(id).map(Entry::event);
    return stored.isPresent() || indexes.isPurged(id)
        ? stored
        : Optional.ofNullable(inBatch.get(id));
  }

  private static String shown(EventId id) {
    String text = id.value();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
