package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.EventFactory;
import io.github.matrixsync.homeserver.room.PowerLevels;
import io.github.matrixsync.homeserver.room.RoomState;
import io.github.matrixsync.homeserver.room.RoomVersions;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.homeserver.room.Rules;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.testkit.RefusedException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The rooms of a world. What their rules forbid is refused with a {@link RefusedException}. The rules read the events
 * without the faults that the test asks for, which concern the engine. The ids of events are {@code $1:test}, {@code
 * $2:test} and so on, with the name of the server, without those that the test has appended itself. Thread-safe: the
 * lock of this object is taken while that of a room is held, never the other way round.
 */
public final class WorldRooms {
  private static final RoomVersion VERSION = RoomVersions.NEWEST;
  private static final String INSTEAD =
      ". To put an event in against the rules, use world.append(…)";

  private final EventStore reads;
  private final AppendableEventStore appends;
  private final Consumer<RoomEvent> appending;
  private final String serverName;
  private final Rooms rooms;
  private final Set<EventId> ids = new HashSet<>(); // guarded by this
  private final Set<RoomId> known = new LinkedHashSet<>(); // guarded by this
  private final Set<EventId> ofCreation = new HashSet<>(); // guarded by this
  private final Set<RoomId> creating = new HashSet<>(); // guarded by this
  private long lastId; // guarded by this

  /**
   * Creates the object for a world without rooms.
   *
   * @param reads the events as they were appended
   * @param appends appends events
   * @param appending gets each event before anybody can read it
   */
  public WorldRooms(
      EventStore reads,
      AppendableEventStore appends,
      String serverName,
      InstantSource clock,
      Consumer<RoomEvent> appending) {
    this.reads = reads;
    this.appends = appends;
    this.appending = appending;
    this.serverName = serverName;
    rooms = new Rooms(reads, this::append, new EventFactory(serverName, this::nextId, clock));
  }

  /** Returns the local part of an id that neither an event nor a room has. */
  private synchronized String nextId() {
    String id;
    do {
      lastId++;
      id = lastId + ":" + serverName;
    } while (ids.contains(EventId.parse("$" + id)) || known.contains(RoomId.parse("!" + id)));
    return String.valueOf(lastId);
  }

  /** Appends events one by one, as the story has them. */
  private synchronized void append(List<Append> events) {
    for (Append event : events) {
      appending.accept(event.event());
      if (creating.contains(event.event().room())) {
        ofCreation.add(event.event().id());
      }
      appends.append(List.of(event));
      ids.add(event.event().id());
      known.add(event.event().room());
    }
  }

  /**
   * Creates a room that everybody may join, and whose members may read its history.
   *
   * @param member the content of the creator's member event
   */
  public void create(RoomId id, UserId creator, Content member) {
    begin(id);
    try {
      rooms.create(id, creator, initial(creator, member));
    } finally {
      synchronized (this) {
        creating.remove(id);
      }
    }
  }

  private void begin(RoomId id) {
    synchronized (this) {
      if (!known.contains(id) && creating.add(id)) {
        return;
      }
    }
    throw new IllegalArgumentException("the room " + id + " exists already" + created(id));
  }

  private static List<Draft> initial(UserId creator, Content member) {
    return List.of(
        Draft.state(
            "m.room.create",
            "",
            Content.of(Json.object()
                .put("creator", creator.value())
                .put("room_version", VERSION.value()))),
        Draft.member(creator, member),
        Draft.state(
            PowerLevels.TYPE, "", Content.of(PowerLevels.initial(List.of(creator.value())))),
        Draft.state("m.room.join_rules", "", Contents.of("join_rule", "public")),
        Draft.state("m.room.history_visibility", "", Contents.of("history_visibility", "shared")));
  }

  /** Returns the rooms as the endpoints of the API use them, which answer what is refused with errors. */
  public Rooms rooms() {
    return rooms;
  }

  /** Returns by whom and with which event a room was created. */
  private String created(RoomId room) {
    return rooms.find(room).flatMap(RoomState::creation).map(this::event).stream()
        .map(event -> ", created by " + event.sender() + " at " + event.id())
        .findFirst()
        .orElse("");
  }

  /** Returns whether an event is one of the first events of a room, which {@link #create} sent. */
  public synchronized boolean isOfCreation(EventId event) {
    return ofCreation.contains(event);
  }

  /**
   * Sends an event if the rules allow it. If a state event equals the current one and has the same sender, nothing is
   * sent and the id of the current one is returned.
   *
   * @throws IllegalArgumentException if there is no such room, or the event cannot be one
   * @throws RefusedException if the rules forbid it
   */
  public EventId send(RoomId room, UserId sender, Draft draft) {
    require(room);
    return refusing(() -> rooms.send(room, sender, draft));
  }

  /** Removes a user who is in a room, invited or knocking; otherwise as {@link #send}. */
  public EventId kick(RoomId room, UserId sender, UserId user, Content leave) {
    require(room);
    return refusing(() -> rooms.kick(room, sender, user, leave));
  }

  /** Ends a user's ban; otherwise as {@link #send}. */
  public EventId unban(RoomId room, UserId sender, UserId user, Content leave) {
    require(room);
    return refusing(() -> rooms.unban(room, sender, user, leave));
  }

  /** Redacts an event, if the rules allow it. */
  public EventId redact(UserId sender, EventId target) {
    RoomId room = event(target).room();
    return refusing(() -> rooms.redact(room, sender, target, Content.EMPTY, id -> {}));
  }

  /** Sets a user's power level in a room, if the rules allow it. */
  public EventId power(RoomId room, UserId sender, UserId user, long level) {
    RoomState state = require(room);
    synchronized (state) {
      Content levels = Content.of(PowerLevels.with(state, user, level));
      return send(room, sender, Draft.state(PowerLevels.TYPE, "", levels));
    }
  }

  /**
   * Appends any event without checking the rules.
   *
   * @throws IllegalArgumentException if there is an event with this id
   */
  public synchronized void append(RoomEvent event) {
    if (ids.contains(event.id())) {
      throw new IllegalArgumentException("there is an event " + event.id() + " already");
    }
    append(List.of(Append.live(event)));
  }

  /**
   * Returns an event of a room.
   *
   * @throws IllegalArgumentException if there is no such event
   */
  public RoomEvent event(EventId id) {
    return Optional.ofNullable(reads.events(List.of(id)).get(id))
        .map(StoredEvent::event)
        .orElseThrow(() -> new IllegalArgumentException("there is no event " + id));
  }

  /** Returns the content of a state entry; empty if there is none. */
  public Optional<RawJson> state(RoomId room, String type, String stateKey) {
    return Optional.of(require(room).content(type, stateKey))
        .filter(content -> !content.isMissingNode())
        .map(Json::write);
  }

  /** Throws unless a user is joined to a room. */
  public void requireJoined(RoomId room, UserId user) {
    Rules rules = new Rules(require(room));
    refusing(() -> {
      rules.requireJoined(user, "speak");
      return user;
    });
  }

  /** Returns whether users may join without an invite. */
  public boolean isPublic(RoomId room) {
    return require(room).joinRule().equals("public");
  }

  public Membership membership(RoomId room, UserId user) {
    return require(room).membership(user);
  }

  /** Returns the rooms that a user is joined to, in the order in which the rooms were created. */
  public List<RoomId> joinedBy(UserId user) {
    Set<RoomId> joined = rooms.joinedBy(user);
    return known().stream().filter(joined::contains).toList();
  }

  private synchronized List<RoomId> known() {
    return List.copyOf(known);
  }

  /** Returns the users who are joined to a room. */
  public List<UserId> joined(RoomId room) {
    return require(room).joined();
  }

  private RoomState require(RoomId room) {
    List<RoomId> all = known();
    if (!all.contains(room)) {
      throw new IllegalArgumentException("there is no room " + room + "; the rooms are " + all);
    }
    return rooms.require(room);
  }

  /** Runs what a server may answer with an error, and throws that as the kit does. */
  private static <T> T refusing(Supplier<T> action) {
    try {
      return action.get();
    } catch (ApiError e) {
      String message = e.message() + errcode(e);
      throw switch (e.errcode()) {
        case "M_FORBIDDEN", "M_BAD_JSON", "M_TOO_LARGE" ->
          new RefusedException(e.errcode(), message + INSTEAD);
        default -> new IllegalArgumentException(message, e);
      };
    }
  }

  /** Returns the error code as a part of the message, which goes without saying if somebody is not in the room. */
  private static String errcode(ApiError e) {
    return e.message().contains("; only members can ") ? "" : " (" + e.errcode() + ")";
  }
}
