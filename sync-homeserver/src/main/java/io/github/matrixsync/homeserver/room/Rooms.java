package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The write path: checks a draft against the room's state and appends it, one at a time per room on this node. Two
 * nodes may each accept an event that the other's would have forbidden. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Rooms {
  /**
   * Appends events to a store, all of them or none.
   *
   * @since 0.1.0
   */
  @FunctionalInterface
  public interface Appender {
    void append(List<Append> events);
  }

  private final EventStore store;
  private final Appender appender;
  private final EventFactory factory;
  private final RoomStates states;

  public Rooms(AppendableEventStore store, EventFactory factory) {
    this(store, store::append, factory);
  }

  /**
   * Creates the write path.
   *
   * @param store the events, as the rules read them
   * @param appender appends to the store
   */
  public Rooms(EventStore store, Appender appender, EventFactory factory) {
    this.store = store;
    this.appender = appender;
    this.factory = factory;
    states = new RoomStates(store);
  }

  /** Returns a room's state; an empty one, by which nothing is allowed, if there is no such room. */
  public RoomState require(RoomId room) {
    return find(room).orElseGet(() -> new RoomState(room));
  }

  public Optional<RoomState> find(RoomId room) {
    return states.current(room);
  }

  /**
   * Creates a room with its first drafts: all of them, or none. Whoever sees its events can use the room at once.
   *
   * @param drafts the creation, the creator's join, then events that the creator may send by the rules
   */
  public RoomId create(UserId creator, List<Draft> drafts) {
    RoomId room = factory.newRoomId();
    create(room, creator, drafts);
    return room;
  }

  /** Creates a room with an id that no room has; otherwise as {@link #create(UserId, List)}. */
  public void create(RoomId room, UserId creator, List<Draft> drafts) {
    RoomState state = new RoomState(room);
    RoomVersion version = RoomVersions.of(drafts.get(0).content().tree());
    List<RoomEvent> events = new ArrayList<>();
    for (Draft draft : drafts) {
      if (events.size() >= 2) {
        new Rules(state).require(creator, draft);
      }
      RoomEvent event = factory.event(state.id(), version, creator, draft);
      state.apply(creator, draft, event.id());
      events.add(event);
    }
    appender.append(events.stream().map(Append::live).toList());
  }

  /** Sends an event if the rules allow it. A sender who sets the same state again gets the id of the old event. */
  public EventId send(RoomId room, UserId sender, Draft draft) {
    return send(room, sender, draft, id -> {});
  }

  /**
   * Sends an event if the rules allow it.
   *
   * @param before gets the event's id before anybody can read the event
   */
  public EventId send(RoomId room, UserId sender, Draft draft, Consumer<EventId> before) {
    RoomState state = require(room);
    synchronized (state) {
      new Rules(state).require(sender, draft);
      return state.same(sender, draft).orElseGet(() -> append(state, sender, draft, before));
    }
  }

  /**
   * Removes a user who is in a room, or ends their invite or knock, if the rules allow it.
   *
   * @param leave the content of the user's member event
   */
  public EventId kick(RoomId room, UserId sender, UserId subject, Content leave) {
    RoomState state = require(room);
    synchronized (state) {
      new Rules(state).requireMayKick(sender, subject);
      return send(room, sender, Draft.member(subject, leave));
    }
  }

  /** Ends a user's ban; otherwise as {@link #kick}. */
  public EventId unban(RoomId room, UserId sender, UserId subject, Content leave) {
    RoomState state = require(room);
    synchronized (state) {
      new Rules(state).requireMayUnban(sender, subject);
      return send(room, sender, Draft.member(subject, leave));
    }
  }

  /** Sends an event on behalf of this server, without checking the rules. */
  public void tell(RoomState state, UserId user, Draft draft) {
    synchronized (state) {
      append(state, user, draft, id -> {});
    }
  }

  /** Sends a member's new profile to a room, unless they have left it. */
  public void showProfile(RoomId room, UserId user, Content member) {
    RoomState state = require(room);
    synchronized (state) {
      if (state.membership(user) == Membership.JOIN) {
        send(room, user, Draft.member(user, member));
      }
    }
  }

  /** Redacts an event of a room. */
  public EventId redact(
      RoomId room, UserId sender, EventId target, Content content, Consumer<EventId> before) {
    RoomState state = require(room);
    synchronized (state) {
      new Rules(state).requireJoined(sender, "speak");
      StoredEvent event = event(room, target);
      Draft draft = Draft.redaction(target, content);
      new Rules(state).requireMayRedact(sender, event.event().sender(), draft);
      EventId id = append(state, sender, draft, before);
      states.prune(state, target);
      return id;
    }
  }

  /** Returns an event of a room; not found if it is in another room. */
  public StoredEvent event(RoomId room, EventId id) {
    return Optional.ofNullable(store.events(List.of(id)).get(id))
        .filter(event -> event.event().room().equals(room))
        .orElseThrow(() -> ApiError.notFound("Event not found"));
  }

  /** Returns the rooms that a user is in. */
  public Set<RoomId> joinedBy(UserId user) {
    return with(user, Set.of(Membership.JOIN));
  }

  /** Returns the rooms that a user is in, is invited to or knocks at. */
  public Set<RoomId> withMember(UserId user) {
    return with(user, Set.of(Membership.JOIN, Membership.INVITE, Membership.KNOCK));
  }

  private Set<RoomId> with(UserId user, Set<Membership> memberships) {
    return store.memberships(user, store.watermark()).entrySet().stream()
        .filter(room -> memberships.contains(room.getValue().after()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private EventId append(RoomState state, UserId sender, Draft draft, Consumer<EventId> before) {
    RoomEvent event = factory.event(state.id(), state.version(), sender, draft);
    before.accept(event.id());
    appender.append(List.of(Append.live(event)));
    state.apply(sender, draft, event.id());
    return event.id();
  }
}
