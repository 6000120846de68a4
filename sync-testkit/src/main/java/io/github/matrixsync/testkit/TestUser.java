package io.github.matrixsync.testkit;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.testkit.internal.server.Asserted;
import io.github.matrixsync.testkit.internal.server.Contents;
import io.github.matrixsync.testkit.internal.server.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A user of a world: a person, a bot or a ghost of a bridge. When a method that acts returns, all users have seen its
 * events and all bridges have reacted. Actions that the rules of a room forbid throw {@link RefusedException}.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class TestUser {
  /** Changes the membership of another user. */
  @FunctionalInterface
  private interface MemberChange {
    EventId send(RoomId room, UserId sender, UserId user, Content member);
  }

  private static final int MOST_MESSAGES = 1_000;

  private final MatrixWorld world;
  private final UserId id;
  private final Asserted asserted = new Asserted();
  private volatile String displayName = "";

  TestUser(MatrixWorld world, UserId id) {
    this.world = world;
    this.id = id;
  }

  /** Returns the user's id, such as {@code @alice:test}. */
  public UserId id() {
    return id;
  }

  /** Returns the local part of the user's id. */
  public String name() {
    return id.value().substring(1, id.value().indexOf(':'));
  }

  /** Returns an access token for requests over HTTP, always the same unless a logout ends it. */
  public String accessToken() {
    return world.http().accessToken(id);
  }

  /** Returns the password for a login over HTTP. */
  public String password() {
    return world.http().password(id);
  }

  MatrixWorld world() {
    return world;
  }

  void requireIn(MatrixWorld acting) {
    if (acting != world) {
      throw new IllegalStateException(this + " is a user of another world");
    }
  }

  private RoomId idOf(TestRoom room) {
    return world.check(() -> room.idIn(world));
  }

  /** Returns which sightings of this user were asserted. */
  Asserted asserted() {
    return asserted;
  }

  /**
   * Creates a room that everybody may join.
   *
   * @param name the local part of its id
   * @throws IllegalArgumentException if a room with this name exists
   */
  public TestRoom creates(String name) {
    RoomId room = world.roomId(name);
    return act("creates(" + Contents.quote(name) + ")", () -> {
      world.rooms.create(room, id, Contents.member("join", displayName));
      return new TestRoom(world, room, this, name);
    });
  }

  /** Joins a room. */
  public EventId joins(TestRoom room) {
    return joins(idOf(room));
  }

  /** Joins a room. */
  public EventId joins(RoomId room) {
    return send("joins(" + name(room) + ")", room, member(this, "join"));
  }

  /** Leaves a room, or declines an invite. */
  public EventId leaves(TestRoom room) {
    return leaves(idOf(room));
  }

  /** Leaves a room, or declines an invite. */
  public EventId leaves(RoomId room) {
    return send("leaves(" + name(room) + ")", room, member(this, "leave"));
  }

  /** Invites a user. */
  public EventId invites(TestRoom room, TestUser user) {
    return onOther("invites", room, user, "invite", this::setMember);
  }

  /** Removes a user from a room, withdraws an invite, or declines a knock. A ban stays, and the kick is refused. */
  public EventId kicks(TestRoom room, TestUser user) {
    return onOther("kicks", room, user, "leave", world.rooms::kick);
  }

  /** Bans a user. */
  public EventId bans(TestRoom room, TestUser user) {
    return onOther("bans", room, user, "ban", this::setMember);
  }

  /** Ends the ban of a user. If there is no ban, that is refused. */
  public EventId unbans(TestRoom room, TestUser user) {
    return onOther("unbans", room, user, "leave", world.rooms::unban);
  }

  private EventId onOther(
      String verb, TestRoom room, TestUser user, String membership, MemberChange change) {
    String what = verb + "(" + room.name() + ", " + user.name() + ")";
    return act(what, () -> {
      user.requireIn(world);
      Content member = Contents.member(membership, user.displayName);
      EventId event = change.send(room.idIn(world), id, user.id, member);
      world.server.presences.acted(id);
      return event;
    });
  }

  private EventId setMember(RoomId room, UserId sender, UserId user, Content member) {
    return world.rooms.send(room, sender, Draft.member(user, member));
  }

  private static Draft member(TestUser user, String membership) {
    return Draft.member(user.id, Contents.member(membership, user.displayName));
  }

  /** Sends a text message. */
  public EventId says(TestRoom room, String text) {
    return says(idOf(room), text);
  }

  /** Sends a text message. */
  public EventId says(RoomId room, String text) {
    return message("says", room, Contents.text("m.text", text), text);
  }

  /** Sends a notice, the kind of message that bots send and do not answer. */
  public EventId notices(TestRoom room, String text) {
    return notices(idOf(room), text);
  }

  /** Sends a notice, the kind of message that bots send and do not answer. */
  public EventId notices(RoomId room, String text) {
    return message("notices", room, Contents.text("m.notice", text), text);
  }

  /** Replies to a message. */
  public EventId replies(EventId to, String text) {
    return message("replies", roomOf(to), Contents.reply(to, text), text);
  }

  /** Replaces the text of a message. */
  public EventId edits(EventId message, String text) {
    return message("edits", roomOf(message), Contents.edit(message, text), text);
  }

  private EventId message(String verb, RoomId room, Content content, String text) {
    String what = verb + "(" + name(room) + ", " + Contents.quote(text) + ")";
    return send(what, room, Draft.message("m.room.message", content));
  }

  /** Reacts to an event, most often with an emoji. */
  public EventId reacts(EventId to, String key) {
    String what = "reacts(" + to + ", " + Contents.quote(key) + ")";
    return send(what, roomOf(to), Draft.message("m.reaction", Contents.reaction(to, key)));
  }

  /** Redacts an event. */
  public EventId redacts(EventId event) {
    return act("redacts(" + event + ")", () -> {
      world.server.presences.acted(id);
      return world.rooms.redact(id, event);
    });
  }

  /**
   * Sends any event that is not a state event.
   *
   * @param json its content
   * @throws IllegalArgumentException if that is not a JSON object, or the type is one of state events
   * @throws RefusedException if it has a number that events of the room's version may not have, such as 1.5, or if the
   *     event would have more than 64 KiB
   */
  public EventId sends(TestRoom room, String type, String json) {
    return sends(idOf(room), type, json);
  }

  /** As {@link #sends(TestRoom, String, String)}. */
  public EventId sends(RoomId room, String type, String json) {
    return act("sends(" + name(room) + ", " + type + ")", () -> {
      Contents.requireNoState(type);
      return sent(room, Draft.message(type, Contents.parse(json)));
    });
  }

  /**
   * Sets a state entry of a room.
   *
   * @param json its content
   * @throws IllegalArgumentException if that is not a JSON object
   * @throws RefusedException if it has a number that events of the room's version may not have, such as 1.5, or if the
   *     event would have more than 64 KiB
   */
  public EventId sets(TestRoom room, String type, String stateKey, String json) {
    return sets(idOf(room), type, stateKey, json);
  }

  /** As {@link #sets(TestRoom, String, String, String)}. */
  public EventId sets(RoomId room, String type, String stateKey, String json) {
    String what = "sets(" + name(room) + ", " + type + ", " + Contents.quote(stateKey) + ")";
    return act(what, () -> sent(room, Draft.state(type, stateKey, Contents.parse(json))));
  }

  private EventId send(String what, RoomId room, Draft draft) {
    return act(what, () -> sent(room, draft));
  }

  private EventId sent(RoomId room, Draft draft) {
    EventId event = world.rooms.send(room, id, draft);
    world.server.presences.acted(id);
    if (draft.type().equals("m.room.message")) {
      world.server.typing().stop(room, id);
    }
    return event;
  }

  /** Types in a room for some time, or until a message or {@link #stopsTyping} ends it. */
  public void types(TestRoom room, Duration howLong) {
    types(idOf(room), howLong);
  }

  /** Types in a room for some time, or until a message or {@link #stopsTyping} ends it. */
  public void types(RoomId room, Duration howLong) {
    act("types(" + name(room) + ", " + howLong + ")", () -> {
      if (howLong.isNegative() || howLong.isZero()) {
        throw new IllegalArgumentException("the time must be positive, got " + howLong);
      }
      world.rooms.requireJoined(room, id);
      world.server.presences.acted(id);
      world.server.typing().start(room, id, world.time().instant().plus(howLong));
      return room;
    });
  }

  /** Stops typing in a room. */
  public void stopsTyping(TestRoom room) {
    stopsTyping(idOf(room));
  }

  /** Stops typing in a room. */
  public void stopsTyping(RoomId room) {
    act("stopsTyping(" + name(room) + ")", () -> {
      world.rooms.requireJoined(room, id);
      world.server.typing().stop(room, id);
      return room;
    });
  }

  /** Sends a read receipt for an event. */
  public void reads(EventId event) {
    act("reads(" + event + ")", () -> {
      world.rooms.requireJoined(roomOf(event), id);
      world.server.presences.acted(id);
      world.server.reads(roomOf(event), id, event);
      return event;
    });
  }

  /**
   * Sets the user's presence. A user who is online and does nothing becomes unavailable after 5 minutes, and offline
   * after 30 minutes.
   */
  public void shows(PresenceState presence) {
    act("shows(" + presence + ")", () -> {
      world.server.presences.show(
          id, presence, Optional.of(displayName).filter(name -> !name.isEmpty()));
      return presence;
    });
  }

  /** Sets the user's display name, and updates it in all rooms of the user. Returns this user. */
  public TestUser named(String name) {
    return act("named(" + Contents.quote(name) + ")", () -> {
      displayName = name;
      for (RoomId room : world.rooms.joinedBy(id)) {
        world.rooms.send(room, id, member(this, "join"));
      }
      return this;
    });
  }

  /** Ignores a user, in addition to those who are ignored already. */
  public void ignores(TestUser user) {
    act("ignores(" + user.name() + ")", () -> {
      user.requireIn(world);
      Set<UserId> all = new TreeSet<>(world.server.settings().ignored(id));
      all.add(user.id);
      world.server.settings().setIgnored(id, all);
      keep(Optional.empty(), "m.ignored_user_list", Contents.ignored(all));
      return all;
    });
  }

  /**
   * Sets global account data.
   *
   * @throws IllegalArgumentException if the content is not a JSON object
   */
  public void keeps(String type, String json) {
    act("keeps(" + type + ")", () -> keep(Optional.empty(), type, Contents.parse(json)));
  }

  /** Sets account data of a room; otherwise as {@link #keeps(String, String)}. */
  public void keeps(TestRoom room, String type, String json) {
    act(
        "keeps(" + room.name() + ", " + type + ")",
        () -> keep(Optional.of(room.idIn(world)), type, Contents.parse(json)));
  }

  private long keep(Optional<RoomId> room, String type, Content content) {
    return world.server.accountData().set(new AccountDataChange(0, id, room, type, content.json()));
  }

  /** Returns all entries of the user's stream since the user was created, oldest first. */
  public List<ClientEvent> seen() {
    return sightings().stream().map(Sighting::event).toList();
  }

  List<Sighting> sightings() {
    return world.server.watchers.sightings(id);
  }

  /** Returns a snapshot: all rooms, with at most 1,000 messages each. */
  public UserSnapshot snapshot() {
    InitialSync snapshot = world.server.snapshot(id, MOST_MESSAGES);
    return new UserSnapshot(id, snapshot);
  }

  /** Returns an event; empty if it does not exist or the user may not see it. */
  public Optional<ClientEvent> event(EventId event) {
    return world.server.await(world.engine().getEventAsync(id, event, EventForm.R0));
  }

  /**
   * Returns whether the user has an open poll of the event stream or of {@code /sync}, so that a bridge that listens as
   * this user still runs.
   */
  public boolean isListening() {
    return world.server.isListening(id);
  }

  private RoomId roomOf(EventId event) {
    return world.check(() -> world.rooms.event(event).room());
  }

  private static String name(RoomId room) {
    String id = room.value();
    return id.contains(":") ? id.substring(1, id.indexOf(':')) : id.substring(1);
  }

  private <T> T act(String what, Supplier<T> action) {
    return world.act(name() + "." + what, action);
  }

  @Override
  public String toString() {
    return id.value();
  }
}
