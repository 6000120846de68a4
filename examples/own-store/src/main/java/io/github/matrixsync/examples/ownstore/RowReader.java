package io.github.matrixsync.examples.ownstore;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts rows to stored events: position, state changes, replaced events and redactions. Confined to one thread. */
final class RowReader {
  private final List<StoredEvent> events = new ArrayList<>();
  private final Map<List<String>, RoomEvent> state = new HashMap<>();
  private final Map<List<String>, Long> depths = new HashMap<>();
  private final Map<List<String>, RoomEvent> redactions = new HashMap<>();

  /** Adds the next row. */
  void add(RoomEvent event) {
    long position = events.size() + 1L;
    String room = event.room().value();
    long depth = event.depth().orElse(depths.getOrDefault(List.of(room), 0L) + 1);
    depths.merge(List.of(room), depth, Math::max);
    Optional<RoomEvent> before = Optional.empty();
    if (event.isState()) {
      List<String> key = List.of(room, event.type(), event.stateKey().orElseThrow());
      before = Optional.ofNullable(state.put(key, event));
    }
    event
        .redacts()
        .ifPresent(target -> redactions.putIfAbsent(List.of(room, target.value()), event));
    events.add(new StoredEvent(
        event,
        EventKind.LIVE,
        position,
        depth,
        before.map(RoomEvent::id),
        event.isState() ? List.of(change(event, before, position)) : List.of(),
        Optional.empty(),
        false,
        Optional.empty()));
  }

  /** Returns all events, each with the redaction that counts for it now. */
  List<StoredEvent> events() {
    return events.stream()
        .map(event -> event.withRedaction(redaction(event.event())))
        .toList();
  }

  private Optional<Redaction> redaction(RoomEvent event) {
    @Nullable RoomEvent redaction = redactions.get(key(event, event.id()));
    return redaction == null
        ? Optional.empty()
        : Optional.of(new Redaction(redaction, redactions.containsKey(key(event, redaction.id()))));
  }

  private static List<String> key(RoomEvent inRoomOf, EventId target) {
    return List.of(inRoomOf.room().value(), target.value());
  }

  private static StateChange change(RoomEvent event, Optional<RoomEvent> before, long position) {
    Optional<EventId> id = Optional.of(event.id());
    if (event.membership().isPresent()) {
      return new MemberChange(
          position,
          event.subject().orElseThrow(),
          before.flatMap(RoomEvent::membership).orElse(Membership.LEAVE),
          event.membership().get(),
          id);
    }
    if (event.historyVisibility().isPresent()) {
      HistoryVisibility was =
          before.flatMap(RoomEvent::historyVisibility).orElse(HistoryVisibility.SHARED);
      return new VisibilityChange(position, was, event.historyVisibility().get(), id, true);
    }
    return new EntryChange(position, event.type(), event.stateKey().orElseThrow(), id);
  }
}
