package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.json.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One room's current state, against which the next event is checked. Written under its own monitor, read by any thread.
 *
 * @since 0.1.0
 */
public final class RoomState {
  private record Key(String type, String stateKey) {}

  private record Value(EventId id, UserId sender, Content content) {}

  private final RoomId id;
  private final Map<Key, Value> entries = new ConcurrentHashMap<>();
  private volatile long position;

  RoomState(RoomId id) {
    this.id = id;
  }

  public RoomId id() {
    return id;
  }

  /** Sets the state entry of a draft, if it is a state event. */
  void apply(UserId sender, Draft draft, EventId event) {
    Value value = new Value(event, sender, draft.content());
    draft.stateKey().ifPresent(key -> entries.put(new Key(draft.type(), key), value));
  }

  /** Sets the state entry of a stored state event. */
  void apply(RoomEvent event, Content content) {
    Value value = new Value(event.id(), event.sender(), content);
    event.stateKey().ifPresent(key -> entries.put(new Key(event.type(), key), value));
  }

  /** Returns the position up to which the log was read. */
  long position() {
    return position;
  }

  void position(long read) {
    position = read;
  }

  /** Returns whether an event is a current state entry. */
  boolean hasEntryOf(EventId event) {
    return entries.values().stream().anyMatch(value -> value.id().equals(event));
  }

  /** Replaces the content of an event, if it is a current state entry. */
  void replaceContent(EventId event, Content content) {
    entries.replaceAll((key, value) ->
        value.id().equals(event) ? new Value(event, value.sender(), content) : value);
  }

  /** Returns an entry's content; a missing node if there is no such entry. */
  public JsonNode content(String type, String stateKey) {
    Value value = entries.get(new Key(type, stateKey));
    return value == null ? JsonNode.missing() : value.content().tree();
  }

  /** Returns the current event if the same sender has already set the same content. */
  Optional<EventId> same(UserId sender, Draft draft) {
    return draft
        .stateKey()
        .map(key -> entries.get(new Key(draft.type(), key)))
        .filter(value -> value.sender().equals(sender))
        .filter(value -> value.content().saysWhat(draft.content()))
        .map(Value::id);
  }

  RoomVersion version() {
    return RoomVersions.of(content("m.room.create", ""));
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
