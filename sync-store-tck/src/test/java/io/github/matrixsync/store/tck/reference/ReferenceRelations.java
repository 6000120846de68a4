package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.ThreadSummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The relations between the events of a reference log, as plainly as they can be read. Thread-safe. */
public class ReferenceRelations implements Relations {
  public final ReferenceLog log;

  public ReferenceRelations(ReferenceLog log) {
    this.log = log;
  }

  @Override
  public Map<EventId, List<Child>> children(
      Collection<EventId> parents, String relType, int limit) {
    synchronized (log) {
      Map<EventId, List<Child>> found = new HashMap<>();
      parents.forEach(id -> parent(id).ifPresent(parent -> {
        List<Child> children = children(parent, relType)
            .filter(child -> !relType.equals(Relation.REPLACE) || mayReplace(child, parent))
            .sorted(order(relType).reversed())
            .limit(limit)
            .map(ReferenceRelations::child)
            .toList();
        if (!children.isEmpty()) {
          found.put(id, children);
        }
      }));
      return Map.copyOf(found);
    }
  }

  public Optional<RoomEvent> parent(EventId id) {
    return log.known(id).filter(log::isThere).map(StoredEvent::event);
  }

  /** Returns the children that count, in no particular order. */
  public Stream<StoredEvent> children(RoomEvent parent, String relType) {
    return inRoomOf(parent)
        .filter(log::isThere)
        .filter(row -> row.kind() != EventKind.OUTLIER)
        .filter(
            row -> row.event().relation().equals(Optional.of(new Relation(relType, parent.id()))))
        .map(log::view)
        .filter(this::counts);
  }

  public Stream<StoredEvent> inRoomOf(RoomEvent parent) {
    return log.of(parent.room());
  }

  public boolean counts(StoredEvent child) {
    return child.redaction().isEmpty();
  }

  public boolean mayReplace(StoredEvent edit, RoomEvent parent) {
    return edit.event().sender().equals(parent.sender())
        && edit.event().type().equals(parent.type())
        && !edit.event().isState()
        && !parent.isState();
  }

  public Comparator<StoredEvent> order(String relType) {
    return relType.equals(Relation.REPLACE)
        ? Comparator.comparingLong((StoredEvent row) -> row.event().originServerTs())
            .thenComparing(row -> row.event().id())
        : Comparator.comparing(StoredEvent::point);
  }

  @Override
  public Map<EventId, ThreadSummary> threads(
      Collection<EventId> roots, UserId viewer, Set<UserId> ignored) {
    synchronized (log) {
      Map<EventId, ThreadSummary> found = new HashMap<>();
      roots.forEach(id -> parent(id)
          .flatMap(root -> thread(root, viewer, ignored))
          .ifPresent(thread -> found.put(id, thread)));
      return Map.copyOf(found);
    }
  }

  public Optional<ThreadSummary> thread(RoomEvent root, UserId viewer, Set<UserId> ignored) {
    List<StoredEvent> children = children(root, Relation.THREAD)
        .filter(child -> !ignored.contains(child.event().sender()))
        .sorted(order(Relation.THREAD).reversed())
        .toList();
    return children.stream()
        .findFirst()
        .map(latest ->
            new ThreadSummary(child(latest), children.size(), participated(root, viewer)));
  }

  public boolean participated(RoomEvent root, UserId viewer) {
    return root.sender().equals(viewer)
        || children(root, Relation.THREAD)
            .anyMatch(child -> child.event().sender().equals(viewer));
  }

  public static Child child(StoredEvent row) {
    RoomEvent event = row.event();
    return new Child(event.id(), event.sender(), event.type(), event.originServerTs(), row.point());
  }
}
