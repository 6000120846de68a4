package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.json.JsonNode;
import java.util.Comparator;
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

  /** An entry; {@code place} is its number in the order in which entries were first set. */
  private record Value(EventId id, UserId sender, Content content, int place) {}

  private static final String CREATE = "m.room.create";

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
    draft.stateKey().ifPresent(key -> set(draft.type(), key, event, sender, draft.content()));
  }

  /** Sets the state entry of a stored state event. */
  void apply(RoomEvent event, Content content) {
    event.stateKey().ifPresent(key -> set(event.type(), key, event.id(), event.sender(), content));
  }

  private void set(String type, String stateKey, EventId id, UserId sender, Content content) {
    entries.compute(
        new Key(type, stateKey),
        (key, old) -> new Value(id, sender, content, old == null ? entries.size() : old.place()));
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
    entries.replaceAll((key, value) -> value.id().equals(event)
        ? new Value(event, value.sender(), content, value.place())
        : value);
  }

  /** Returns an entry's content; a missing node if there is no such entry. */
  public JsonNode content(String type, String stateKey) {
    return entry(type, stateKey)
        .<JsonNode>map(value -> value.content().tree())
        .orElseGet(JsonNode::missing);
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

  /** Returns the room's version. */
  public RoomVersion version() {
    return RoomVersions.of(content(CREATE, ""));
  }

  public Membership membership(UserId user) {
    return Membership.parse(
        content(RoomEvent.MEMBER, user.value()).path("membership").asString(""));
  }

  /** Returns the event that set a user's membership; empty if they never had one. */
  Optional<EventId> memberEvent(UserId user) {
    return entry(RoomEvent.MEMBER, user.value()).map(Value::id);
  }

  /** Returns whether somebody else set the user's member event, such as by a kick. */
  boolean wasSetByAnother(UserId user) {
    return entry(RoomEvent.MEMBER, user.value())
        .filter(value -> !value.sender().equals(user))
        .isPresent();
  }

  private Optional<Value> entry(String type, String stateKey) {
    return Optional.ofNullable(entries.get(new Key(type, stateKey)));
  }

  /** Returns the user who created the room: as the first versions name them, else the sender. */
  String creator() {
    Optional<Value> creation = entry(CREATE, "");
    return creation
        .map(value -> value.content().tree().path("creator"))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .or(() -> creation.map(value -> value.sender().value()))
        .orElse("");
  }

  /** Returns the event that created the room; empty if the room has none. */
  public Optional<EventId> creation() {
    return entry(CREATE, "").map(Value::id);
  }

  public String joinRule() {
    return content("m.room.join_rules", "").path("join_rule").asString("invite");
  }

  public long joinedMembers() {
    return joined().size();
  }

  /** Returns the users who are joined, in the order of their first memberships that are known. */
  public List<UserId> joined() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().type().equals(RoomEvent.MEMBER))
        .filter(entry ->
            entry.getValue().content().tree().path("membership").asString("").equals("join"))
        .sorted(Comparator.comparingInt(entry -> entry.getValue().place()))
        .map(entry -> UserId.parse(entry.getKey().stateKey()))
        .toList();
  }
}
