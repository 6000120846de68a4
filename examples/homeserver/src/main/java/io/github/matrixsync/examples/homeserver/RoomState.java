package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One room's present state, as the host keeps it to check what comes next. Written under the room's lock. */
final class RoomState {
  private record Key(String type, String stateKey) {}

  private record Value(EventId id, JsonNode content) {}

  private final RoomId id;
  private final Map<Key, Value> entries = new ConcurrentHashMap<>();

  RoomState(RoomId id) {
    this.id = id;
  }

  RoomId id() {
    return id;
  }

  void set(String type, String stateKey, EventId event, JsonNode content) {
    entries.put(new Key(type, stateKey), new Value(event, content));
  }

  /** Returns an entry's content; a missing node if there is no such entry. */
  JsonNode content(String type, String stateKey) {
    Value value = entries.get(new Key(type, stateKey));
    return value == null ? MissingNode.getInstance() : value.content();
  }

  Optional<EventId> event(String type, String stateKey) {
    return Optional.ofNullable(entries.get(new Key(type, stateKey))).map(Value::id);
  }

  Membership membership(UserId user) {
    return Membership.parse(
        content("m.room.member", user.value()).path("membership").asString(""));
  }

  List<UserId> joined() {
    List<UserId> joined = new ArrayList<>();
    entries.forEach((key, value) -> {
      boolean in = value.content().path("membership").asString("").equals("join");
      if (key.type().equals("m.room.member") && in) {
        joined.add(UserId.parse(key.stateKey()));
      }
    });
    return joined;
  }
}
