package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.domain.event.Redactions;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rooms of a world. Checks a draft against the room's state, creates an event from it and appends the event.
 * Thread-safe; handles one event at a time.
 */
public final class Rooms {
  private final AppendableEventStore store;
  private final EventFactory factory;
  private final Consumer<RoomEvent> appending;
  private final Map<RoomId, RoomState> states = new LinkedHashMap<>();
  private final Set<EventId> ofCreation = new HashSet<>();

  /**
   * Creates the object for a world without rooms.
   *
   * @param appending gets each event before anybody can read it
   */
  public Rooms(AppendableEventStore store, EventFactory factory, Consumer<RoomEvent> appending) {
    this.store = store;
    this.factory = factory;
    this.appending = appending;
  }

  /**
   * Creates a room that everybody may join, and whose members may read its history.
   *
   * @param member the content of the creator's member event
   */
  public synchronized void create(RoomId id, UserId creator, String member) {
    RoomState known = states.get(id);
    if (known != null) {
      String created = known
          .creation()
          .map(entry -> ", created by " + entry.sender() + " at " + entry.event())
          .orElse("");
      throw new IllegalArgumentException("the room " + id + " exists already" + created);
    }
    states.put(id, new RoomState(id));
    List<Draft> drafts = List.of(
        Draft.state("m.room.create", "", creation(creator)),
        Draft.member(creator, member),
        Draft.state(PowerLevels.TYPE, "", PowerLevels.initial(creator)),
        Draft.state("m.room.join_rules", "", "{\"join_rule\":\"public\"}"),
        Draft.state("m.room.history_visibility", "", "{\"history_visibility\":\"shared\"}"));
    drafts.forEach(draft -> ofCreation.add(append(id, creator, draft)));
  }

  /** Returns whether an event is one of the first events of a room, which {@link #create} sent. */
  public synchronized boolean isOfCreation(EventId event) {
    return ofCreation.contains(event);
  }

  private static String creation(UserId creator) {
    return "{\"creator\":" + Json.quote(creator.value()) + ",\"room_version\":"
        + Json.quote(EventFactory.VERSION.value()) + "}";
  }

  /**
   * Sends an event if the rules allow it. If a state event equals the current one and has the same sender, nothing is
   * sent and the id of the current one is returned.
   *
   * @throws IllegalArgumentException if there is no such room
   * @throws io.github.matrixsync.testkit.RefusedException if the rules forbid it
   */
  public synchronized EventId send(RoomId room, UserId sender, Draft draft) {
    RoomState state = require(room);
    new Rules(state).require(sender, draft);
    return same(state, sender, draft).orElseGet(() -> append(room, sender, draft));
  }

  private static Optional<EventId> same(RoomState state, UserId sender, Draft draft) {
    return draft
        .stateKey()
        .flatMap(key -> state.entry(draft.type(), key))
        .filter(entry -> entry.sender().equals(sender))
        .filter(entry -> entry.content().equals(draft.content()))
        .map(RoomState.Entry::event);
  }

  /** Redacts an event, if the rules allow it. */
  public synchronized EventId redact(UserId sender, EventId target) {
    RoomEvent event = event(target);
    Rules rules = new Rules(require(event.room()));
    Draft draft = Draft.redaction(target);
    rules.require(sender, draft);
    rules.requireMayRedact(sender, event.sender());
    return append(event.room(), sender, draft);
  }

  /** Sets a user's power level in a room, if the rules allow it. */
  public synchronized EventId power(RoomId room, UserId sender, UserId user, long level) {
    String levels = PowerLevels.of(require(room)).with(user, level);
    return send(room, sender, Draft.state(PowerLevels.TYPE, "", levels));
  }

  private EventId append(RoomId room, UserId sender, Draft draft) {
    RoomEvent event = factory.event(room, sender, draft);
    append(event, draft.content());
    return event.id();
  }

  /** Appends any event without checking the rules. */
  public synchronized void append(RoomEvent event) {
    append(event, Json.objectAt(Json.object(event.json()), "content"));
  }

  private void append(RoomEvent event, Map<?, ?> content) {
    appending.accept(event);
    store.append(List.of(Append.live(event)));
    RoomState state = states.computeIfAbsent(event.room(), RoomState::new);
    state.set(event, members(content));
    event
        .redacts()
        .flatMap(this::find)
        .ifPresent(target -> state.redact(target.id(), contentOf(Redactions.prune(target))));
  }

  private static Map<String, Object> contentOf(RoomEvent event) {
    return members(Json.objectAt(Json.object(event.json()), "content"));
  }

  private static Map<String, Object> members(Map<?, ?> content) {
    Map<String, Object> members = new LinkedHashMap<>();
    content.forEach(
        (name, value) -> members.put(String.valueOf(name), Objects.requireNonNull(value)));
    return members;
  }

  /**
   * Returns an event of a room.
   *
   * @throws IllegalArgumentException if there is no such event
   */
  public RoomEvent event(EventId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("there is no event " + id));
  }

  private Optional<RoomEvent> find(EventId id) {
    return Optional.ofNullable(store.events(List.of(id)).get(id)).map(StoredEvent::event);
  }

  /** Returns the content of a state entry; empty if there is none. */
  public synchronized Optional<RawJson> state(RoomId room, String type, String stateKey) {
    return require(room)
        .entry(type, stateKey)
        .map(entry -> RawJson.of(Json.write(entry.content())));
  }

  /** Throws unless a user is joined to a room. */
  public synchronized void requireJoined(RoomId room, UserId user) {
    RoomState state = require(room);
    if (state.membership(user) != Membership.JOIN) {
      throw new Refusals(state).notJoined(user, "speak");
    }
  }

  /** Returns whether users may join without an invite. */
  public synchronized boolean isPublic(RoomId room) {
    return require(room).joinRule().equals("public");
  }

  public synchronized Membership membership(RoomId room, UserId user) {
    return require(room).membership(user);
  }

  /** Returns the rooms that a user is joined to, in the order in which the rooms were created. */
  public synchronized List<RoomId> joinedBy(UserId user) {
    return states.values().stream()
        .filter(state -> state.membership(user) == Membership.JOIN)
        .map(RoomState::id)
        .toList();
  }

  /** Returns the users who are joined to a room. */
  public synchronized List<UserId> joined(RoomId room) {
    return require(room).joined();
  }

  private RoomState require(RoomId room) {
    RoomState state = states.get(room);
    if (state == null) {
      throw new IllegalArgumentException(
          "there is no room " + room + "; the rooms are " + states.keySet());
    }
    return state;
  }
}
