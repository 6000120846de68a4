package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The current state of one room, by which the next event is checked. Guarded by the lock of {@code Rooms}. */
public final class RoomState {
  private record Key(String type, String stateKey) {}

  /**
   * A state entry.
   *
   * @param event the event that set it
   * @param sender the sender of that event
   * @param content its content
   */
  public record Entry(EventId event, UserId sender, Map<String, Object> content) {}

  private final RoomId id;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  RoomState(RoomId id) {
    this.id = id;
  }

  RoomId id() {
    return id;
  }

  void set(RoomEvent event, Map<String, Object> content) {
    event.stateKey().ifPresent(key -> {
      Entry entry = new Entry(event.id(), event.sender(), content);
      entries.put(new Key(event.type(), key), entry);
    });
  }

  /** Replaces the content of an entry by what its redaction leaves, if the redacted event is in the current state. */
  void redact(EventId target, Map<String, Object> content) {
    entries.replaceAll((key, entry) ->
        entry.event().equals(target) ? new Entry(target, entry.sender(), content) : entry);
  }

  Optional<Entry> entry(String type, String stateKey) {
    return Optional.ofNullable(entries.get(new Key(type, stateKey)));
  }

  /** Returns an entry's content; empty if there is no such entry. */
  Map<String, Object> content(String type, String stateKey) {
    return entry(type, stateKey).map(Entry::content).orElse(Map.of());
  }

  Membership membership(UserId user) {
    return Membership.parse(Json.textAt(content(RoomEvent.MEMBER, user.value()), "membership", ""));
  }

  String joinRule() {
    return Json.textAt(content("m.room.join_rules", ""), "join_rule", "invite");
  }

  Optional<Entry> creation() {
    return entry("m.room.create", "");
  }

  List<UserId> joined() {
    return entries.keySet().stream()
        .filter(key -> key.type().equals(RoomEvent.MEMBER))
        .map(key -> UserId.parse(key.stateKey()))
        .filter(user -> membership(user) == Membership.JOIN)
        .toList();
  }
}
