package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Indexes all changes of one room's state entries (rule S1). Guarded by the store's lock. */
final class RoomState {
  private record Key(String type, String stateKey) {}

  private final Map<Key, PositionList<StateChange>> entries = new HashMap<>();
  private final Map<String, PositionList<StateChange>> members = new HashMap<>();

  /** The changes of all entries. */
  private final PositionList<StateChange> all = new PositionList<>(StateChange::position);

  private final PositionList<VisibilityChange> visibility =
      new PositionList<>(StateChange::position);

  void add(StateChange change) {
    PositionList<StateChange> changes = entries.computeIfAbsent(
        new Key(change.type(), change.stateKey()),
        key -> new PositionList<>(StateChange::position));
    changes.add(change);
    all.add(change);
    if (change.type().equals(RoomEvent.MEMBER)) {
      members.putIfAbsent(change.stateKey(), changes);
    }
    if (change instanceof VisibilityChange visible) {
      visibility.add(visible);
    }
  }

  /** Returns an entry's latest change. */
  Optional<StateChange> last(String type, String stateKey) {
    PositionList<StateChange> changes = entries.get(new Key(type, stateKey));
    return changes == null ? Optional.empty() : changes.last();
  }

  /** Returns the events of the state as of {@code upTo}. */
  List<EventId> asOf(long upTo) {
    List<EventId> events = new ArrayList<>(entries.size());
    for (PositionList<StateChange> changes : entries.values()) {
      changes.lastUpTo(upTo).flatMap(StateChange::event).ifPresent(events::add);
    }
    return events;
  }

  /** Returns the last change of each entry that changed in a range (rule S3). */
  List<EntryChange> changes(Range range) {
    List<StateChange> walk = all.between(range.after(), range.upTo());
    Map<Key, EntryChange> last = new HashMap<>();
    for (int i = walk.size() - 1; i >= 0; i--) {
      StateChange change = walk.get(i);
      last.computeIfAbsent(
          new Key(change.type(), change.stateKey()),
          key -> new EntryChange(change.position(), key.type, key.stateKey, change.event()));
    }
    return List.copyOf(last.values());
  }

  /** Returns the member events of the state as of {@code upTo}. */
  List<EventId> members(long upTo) {
    List<EventId> events = new ArrayList<>(members.size());
    for (PositionList<StateChange> changes : members.values()) {
      changes.lastUpTo(upTo).flatMap(StateChange::event).ifPresent(events::add);
    }
    return events;
  }

  /** Returns a view of the changes of the history visibility up to {@code upTo}. */
  List<VisibilityChange> visibility(long upTo) {
    return visibility.upTo(upTo);
  }
}
