package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.delivery.UnsignedMembers.Bundle;
import io.github.matrixsync.internal.delivery.UnsignedMembers.BundledThread;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.ThreadSummary;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bundles with events what relates to them: the newest edit, a summary of the thread, the references. The store finds
 * the children; whether the viewer may see them, and wants to, is decided here, as of now. State events, edits and
 * reactions have nothing bundled; a redacted event has no edit. May block. Thread-safe.
 *
 * <p>Source: "Aggregations of child events" of the Client-Server API v1.16.
 */
final class BundledRelations {
  /** How many of the newest edits are looked at first. */
  private static final int EDITS = 10;

  /** How many edits are looked at, if none of those that are looked at first is shown. */
  private static final int MOST_EDITS = 1_000;

  private static final String ENCRYPTED = "m.room.encrypted";

  /** The most references of one event. */
  private static final int REFERENCES = 100;

  private final Relations relations;
  private final EventGate gate;
  private final EventCache events;

  BundledRelations(Relations relations, EventGate gate, EventCache events) {
    this.relations = relations;
    this.gate = gate;
    this.events = events;
  }

  /**
   * Returns the members of {@code unsigned} for those of some events that have anything bundled, in a constant number
   * of store reads, whatever the number of rooms.
   *
   * @param byRoom events of an answer, by room
   */
  Map<EventId, RawJson> find(
      Map<RoomId, List<ClientEvent>> byRoom, PersonalUnsigned.Audience viewer) {
    Set<EventId> ids = new HashSet<>();
    byRoom.values().forEach(some -> some.forEach(event -> event.id().ifPresent(ids::add)));
    Map<EventId, StoredEvent> parents = new HashMap<>(events.find(ids));
    parents.values().removeIf(parent -> !mayHaveChildren(parent.event()));
    if (parents.isEmpty()) {
      return Map.of();
    }
    Bundles bundles = new Bundles(parents, viewer);
    Map<EventId, RawJson> found = new HashMap<>();
    bundles.withChildren().forEach(id -> {
      RawJson members = bundles.of(id);
      if (members.length() > 0) {
        found.put(id, members);
      }
    });
    return found;
  }

  private static boolean mayHaveChildren(RoomEvent event) {
    return !event.isState()
        && event
            .relation()
            .filter(relation -> relation.relType().equals(Relation.REPLACE)
                || relation.relType().equals(Relation.ANNOTATION))
            .isEmpty();
  }

  /** The bundles of one answer. Confined to one thread. */
  private final class Bundles {
    private final Map<EventId, StoredEvent> parents;
    private Map<RoomId, RoomView> views;
    private final Set<UserId> ignored;
    private final Instant now;
    private final Map<EventId, ThreadSummary> threads;
    private final Map<EventId, List<Child>> references;
    private final Map<EventId, List<Child>> edits;
    private Map<EventId, StoredEvent> children;
    private EventGate.Showing showing;

    Bundles(Map<EventId, StoredEvent> parents, PersonalUnsigned.Audience viewer) {
      this.parents = parents;
      ignored = viewer.ignored();
      now = viewer.now();
      threads = relations.threads(parents.keySet(), viewer.user(), ignored);
      references = relations.children(parents.keySet(), Relation.REFERENCE, REFERENCES);
      edits = new HashMap<>(relations.children(editable(), Relation.REPLACE, EDITS));
      readChildren(viewer);
      Set<EventId> hidden = eventsWhoseNewestEditsAreHidden();
      if (!hidden.isEmpty()) {
        edits.putAll(relations.children(hidden, Relation.REPLACE, MOST_EDITS));
        readChildren(viewer);
      }
    }

    private void readChildren(PersonalUnsigned.Audience viewer) {
      children = events.find(childIds());
      views = gate.views(viewer.user(), roomsOf(children.values()), viewer.upTo());
      showing = gate.showing(viewer.form(), children.values());
    }

    private Set<EventId> eventsWhoseNewestEditsAreHidden() {
      return edits.entrySet().stream()
          .filter(newest -> newest.getValue().size() == EDITS)
          .map(Map.Entry::getKey)
          .filter(parent -> edit(parent).isEmpty())
          .collect(Collectors.toSet());
    }

    private static Set<RoomId> roomsOf(Collection<StoredEvent> events) {
      return events.stream().map(event -> event.event().room()).collect(Collectors.toSet());
    }

    /** Returns the events that may have bundled relations. */
    Set<EventId> withChildren() {
      Set<EventId> ids = new HashSet<>(threads.keySet());
      ids.addAll(references.keySet());
      ids.addAll(edits.keySet());
      ids.retainAll(parents.keySet());
      return ids;
    }

    /** Returns the bundled relations of an event; empty if it has none. */
    RawJson of(EventId id) {
      return UnsignedMembers.relations(new Bundle(edit(id), thread(id), references(id)));
    }

    /** Returns the events of which edits are shown: those of the answer, and the latest of their threads. */
    private Set<EventId> editable() {
      Set<EventId> editable = new HashSet<>();
      parents.forEach((id, parent) -> {
        if (parent.redaction().isEmpty()) {
          editable.add(id);
        }
      });
      threads.values().forEach(thread -> editable.add(thread.latest().event()));
      return editable;
    }

    private Set<EventId> childIds() {
      Set<EventId> ids = new HashSet<>();
      threads.values().forEach(thread -> ids.add(thread.latest().event()));
      addIds(references.values(), ids);
      addIds(edits.values(), ids);
      return ids;
    }

    private static void addIds(Collection<List<Child>> lists, Set<EventId> ids) {
      lists.forEach(list -> list.forEach(child -> ids.add(child.event())));
    }

    private Optional<RawJson> edit(EventId parent) {
      return edits.getOrDefault(parent, List.of()).stream()
          .flatMap(child -> shown(child).stream())
          .flatMap(event -> edit(event).stream())
          .findFirst()
          .map(edit -> edit.json(now));
    }

    /** Returns an edit as it is shown, if it has new content. That of an encrypted one cannot be read. */
    private Optional<EncodedEvent> edit(StoredEvent event) {
      boolean isEncrypted = event.event().type().equals(ENCRYPTED);
      return showing
          .encode(event, view(event))
          .filter(edit -> isEncrypted || hasNewContent(edit.content(now)));
    }

    private Optional<BundledThread> thread(EventId root) {
      ThreadSummary summary = threads.get(root);
      if (summary == null) {
        return Optional.empty();
      }
      EventId id = summary.latest().event();
      RawJson edited = UnsignedMembers.relations(new Bundle(edit(id), Optional.empty(), List.of()));
      return shown(summary.latest())
          .flatMap(event -> showing.encode(event, view(event)))
          .map(event -> new BundledThread(
              event.at(now, edited).json(), summary.count(), summary.participated()));
    }

    private List<EventId> references(EventId parent) {
      return references.getOrDefault(parent, List.of()).stream()
          .filter(child -> shown(child).isPresent())
          .map(Child::event)
          .toList();
    }

    /** Returns a child, if the viewer may see it and does not ignore its sender. */
    private Optional<StoredEvent> shown(Child child) {
      return Optional.ofNullable(children.get(child.event()))
          .filter(event -> !ignored.contains(event.event().sender()))
          .filter(event -> view(event).shows(event));
    }

    private RoomView view(StoredEvent child) {
      return BatchAnswers.answer(views, child.event().room());
    }
  }

  private static boolean hasNewContent(RawJson content) {
    JsonField replacement = JsonReader.fields(content).get("m.new_content");
    return replacement != null && replacement.isObject();
  }
}
