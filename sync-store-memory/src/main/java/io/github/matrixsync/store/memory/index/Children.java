package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.ThreadSummary;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Indexes the events of one room that relate to another event, by that event and the kind of relation (rules RL1 to
 * RL4). Guarded by the store's lock.
 */
public final class Children {
  private static final Comparator<RoomEvent> BY_TIME =
      Comparator.comparingLong(RoomEvent::originServerTs).thenComparing(RoomEvent::id);

  private final Map<Relation, NavigableMap<HistoryPoint, Entry>> byRelation = new HashMap<>();

  void add(Entry entry) {
    entry
        .event()
        .relation()
        .ifPresent(relation ->
            byRelation.computeIfAbsent(relation, key -> new TreeMap<>()).put(entry.point(), entry));
  }

  void remove(Entry purged) {
    purged
        .event()
        .relation()
        .ifPresent(relation -> byRelation.computeIfPresent(relation, (key, children) -> {
          children.remove(purged.point());
          return children.isEmpty() ? null : children;
        }));
  }

  /** Returns the children of an event of this room, newest first. */
  public List<Child> of(RoomEvent parent, String relType, int limit) {
    if (!byRelation.containsKey(new Relation(relType, parent.id()))) {
      return List.of();
    }
    Stream<StoredEvent> children = newestFirst(parent, relType);
    if (relType.equals(Relation.REPLACE)) {
      children = children
          .filter(edit -> mayReplace(edit.event(), parent))
          .sorted(Comparator.comparing(StoredEvent::event, BY_TIME.reversed()));
    }
    return children.limit(limit).map(Children::child).toList();
  }

  /** Returns the summary of the thread of an event of this room. */
  public Optional<ThreadSummary> thread(RoomEvent root, UserId viewer, Set<UserId> ignored) {
    if (!byRelation.containsKey(new Relation(Relation.THREAD, root.id()))) {
      return Optional.empty();
    }
    List<StoredEvent> children = newestFirst(root, Relation.THREAD).toList();
    List<StoredEvent> counted = children.stream()
        .filter(child -> !ignored.contains(child.event().sender()))
        .toList();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    boolean participated = root.sender().equals(viewer)
        || children.stream().anyMatch(child -> child.event().sender().equals(viewer));
    return Optional.of(new ThreadSummary(child(counted.get(0)), counted.size(), participated));
  }

  /** Returns the children that are not redacted. */
  private Stream<StoredEvent> newestFirst(RoomEvent parent, String relType) {
    NavigableMap<HistoryPoint, Entry> children = byRelation.get(new Relation(relType, parent.id()));
    return children == null
        ? Stream.empty()
        : children.descendingMap().values().stream()
            .map(Entry::view)
            .filter(child -> child.redaction().isEmpty());
  }

  private static boolean mayReplace(RoomEvent edit, RoomEvent parent) {
    return edit.sender().equals(parent.sender())
        && edit.type().equals(parent.type())
        && !edit.isState()
        && !parent.isState();
  }

  private static Child child(StoredEvent stored) {
    RoomEvent event = stored.event();
    return new Child(
        event.id(), event.sender(), event.type(), event.originServerTs(), stored.point());
  }
}
