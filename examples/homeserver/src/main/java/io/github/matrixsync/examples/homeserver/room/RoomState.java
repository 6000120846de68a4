package io.github.matrixsync.examples.homeserver.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.body.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One room's present state, as the host keeps it to check what comes next. Written under its own monitor, read by any
 * thread.
 */
public final class RoomState {
  private record Key(String type, String stateKey) {}

  private record Value(EventId id, UserId sender, Content content) {}

  private final RoomId id;
  private final Map<Key, Value> entries = new ConcurrentHashMap<>();

  RoomState(RoomId id) {
    this.id = id;
  }

  public RoomId id() {
    return id;
  }

  /** Sets the entry that a draft is for, if it is for one. */
  void apply(UserId sender, Draft draft, EventId event) {
    Value value = new Value(event, sender, draft.content());
    draft.stateKey().ifPresent(key -> entries.put(new Key(draft.type(), key), value));
  }

  /** Shows other content of an event, wherever that event is the present entry. */
  void replaceContent(EventId event, Content content) {
    entries.replaceAll((key, value) ->
        value.id().equals(event) ? new Value(event, value.sender(), content) : value);
  }

  /** Returns an entry's content; a missing node if there is no such entry. */
  public JsonNode content(String type, String stateKey) {
    Value value = entries.get(new Key(type, stateKey));
    return value == null ? MissingNode.getInstance() : value.content().tree();
  }

  /** Returns the event by which the same sender set just this already. */
  Optional<EventId> same(UserId sender, Draft draft) {
    return draft
        .stateKey()
        .map(key -> entries.get(new Key(draft.type(), key)))
        .filter(value -> value.sender().equals(sender))
        .filter(value -> value.content().saysWhat(draft.content()))
        .map(Value::id);
  }

  public Membership membership(UserId user) {
    return Membership.parse(
        content(RoomEvent.MEMBER, user.value()).path("membership").asString(""));
  }

  String joinRule() {
    return content("m.room.join_rules", "").path("join_rule").asString("invite");
  }

  public long joinedMembers() {
    return joined().size();
  }

  public List<UserId> joined() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().type().equals(RoomEvent.MEMBER))
        .filter(entry ->
            entry.getValue().content().tree().path("membership").asString("").equals("join"))
        .map(entry -> UserId.parse(entry.getKey().stateKey()))
        .toList();
  }
}
