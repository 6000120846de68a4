package io.github.matrixsync.store.postgres;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rooms, users and events of the tests. An event's id is {@code $} and its name. */
final class Sample {
  static final RoomId ROOM = RoomId.parse("!a:example.org");
  static final RoomId OTHER_ROOM = RoomId.parse("!b:example.org");
  static final UserId ALICE = UserId.parse("@alice:example.org");
  static final UserId BOB = UserId.parse("@bob:example.org");

  private Sample() {}

  static EventId id(String name) {
    return EventId.parse("$" + name);
  }

  static RoomEvent.Builder event(String name, RoomId room, UserId sender, String type) {
    return RoomEvent.builder(id(name), room, sender, type);
  }

  static RoomEvent message(String name) {
    return event(name, ROOM, ALICE, "m.room.message").build();
  }

  static RoomEvent message(String name, long depth) {
    return event(name, ROOM, ALICE, "m.room.message").depth(depth).build();
  }

  static RoomEvent topic(String name) {
    return event(name, ROOM, ALICE, "m.room.topic").stateKey("").build();
  }

  static RoomEvent redaction(String name, String target) {
    return event(name, ROOM, ALICE, "m.room.redaction").redacts(id(target)).build();
  }

  /** Returns live appends in which each state event sets its own entry. */
  static List<Append> live(RoomEvent... events) {
    return Arrays.stream(events).map(Append::live).toList();
  }

  static List<Append> outlier(RoomEvent event) {
    return List.of(Append.outlier(event));
  }

  static List<Append> backfill(RoomEvent... events) {
    return Arrays.stream(events)
        .map(event -> Append.backfill(event, Optional.of(HistoryVisibility.SHARED)))
        .toList();
  }

  static List<String> names(Collection<StoredEvent> events) {
    return events.stream()
        .map(stored -> stored.event().id().value().substring(1))
        .toList();
  }

  static StoredEvent read(AppendableEventStore store, String name) {
    return Optional.ofNullable(store.events(List.of(id(name))).get(id(name))).orElseThrow();
  }

  static List<StoredEvent> log(AppendableEventStore store) {
    return store
        .log(Interest.everything(), store.retainedAfter(), store.watermark(), Integer.MAX_VALUE)
        .events();
  }

  static List<StoredEvent> state(AppendableEventStore store, RoomId room, long upTo) {
    return store.state(Map.of(room, upTo)).getOrDefault(room, List.of());
  }
}
