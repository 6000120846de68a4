package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Guests;
import io.github.matrixsync.homeserver.room.Aliases;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.RoomState;
import io.github.matrixsync.homeserver.room.Rules;
import io.github.matrixsync.store.SettableUserSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creating rooms, memberships, and sending events.
 *
 * @since 0.1.0
 */
public final class RoomEndpoints {
  /** The largest integer of canonical JSON. */
  private static final long LATEST = (1L << 53) - 1;

  private final ServerParts server;
  private final RoomVersion version;

  /**
   * Creates the endpoints of one API.
   *
   * @param version the version of new rooms if a request names none
   */
  public RoomEndpoints(ServerParts server, RoomVersion version) {
    this.server = server;
    this.version = version;
  }

  /** Adds what only newer clients ask for. */
  public void addNewerTo(Router router) {
    router.add("POST", "knock/*", this::knock);
    router.add("GET", "rooms/*/aliases", this::aliases);
  }

  public void addTo(Router v1) {
    v1.add("POST", "createRoom", this::createRoom);
    v1.add("POST", "join/*", this::joinByName);
    v1.add("POST", "rooms/*/join", call -> join(call, call.room()));
    v1.add("POST", "rooms/*/leave", call -> remove(call, call.requireUser(), Membership.LEAVE));
    v1.add("POST", "rooms/*/invite", this::invite);
    v1.add("POST", "rooms/*/kick", this::kick);
    v1.add("POST", "rooms/*/ban", call -> remove(call, subject(call), Membership.BAN));
    v1.add("POST", "rooms/*/unban", this::unban);
    v1.add("POST", "rooms/*/forget", this::forget);
    for (String method : List.of("POST", "PUT")) {
      v1.add(method, "rooms/*/send/*", this::send);
      v1.add(method, "rooms/*/send/*/*", server.transactions().once(this::send));
      v1.add(method, "rooms/*/redact/*", this::redact);
      v1.add(method, "rooms/*/redact/*/*", server.transactions().once(this::redact));
    }
    v1.add("PUT", "rooms/*/state/*", call -> setState(call, ""));
    v1.add("PUT", "rooms/*/state/*/*", call -> setState(call, call.segment(2)));
  }

  private Answer createRoom(Call call) {
    UserId creator = call.requireUser();
    Creation creation = new Creation(creator, call.content(), server.profiles(), version);
    boolean published = creation.isPublished();
    Optional<RoomAlias> alias =
        Json.optionalString(call.body(), "room_alias_name").map(server.aliases()::local);
    alias.ifPresent(
        name -> server.services().requireMayBeNamed(name, call.requester().service()));
    RoomId room = server
        .aliases()
        .make(
            creator,
            alias,
            () -> server.rooms().create(creator, creation.drafts(alias.map(RoomAlias::value))));
    server.directory().setPublished(room, published);
    ObjectNode answer = Json.object().put("room_id", room.value());
    alias.ifPresent(name -> answer.put("room_alias", name.value()));
    return Answer.of(answer);
  }

  private Answer joinByName(Call call) {
    call.requireUser();
    return join(call, server.aliases().room(call.segment(0)));
  }

  private Answer join(Call call, RoomId room) {
    UserId user = call.requireUser();
    RoomState state = server.rooms().require(room);
    synchronized (state) {
      if (server.accounts().isGuest(user)) {
        Guests.requireMayJoin(state);
      }
      member(call, room, user, withReason(call, server.profiles().member(user, "join")));
    }
    return Answer.of(Json.object().put("room_id", room.value()));
  }

  private Answer invite(Call call) {
    UserId subject = subject(call);
    Content invite = server.profiles().member(subject, "invite");
    member(call, call.room(), subject, withReason(call, invite));
    return Answer.EMPTY;
  }

  private Answer remove(Call call, UserId subject, Membership membership) {
    call.requireUser();
    member(call, call.room(), subject, removal(call, membership));
    return Answer.EMPTY;
  }

  private static Content removal(Call call, Membership membership) {
    return withReason(call, Content.of(Json.object().put("membership", membership.value())));
  }

  private static Content withReason(Call call, Content member) {
    return Json.optionalString(call.body(), "reason")
        .map(reason -> Content.of(member.tree().deepCopy().put("reason", reason)))
        .orElse(member);
  }

  private Answer knock(Call call) {
    UserId user = call.requireUser();
    RoomId room = server.aliases().room(call.segment(0));
    member(call, room, user, withReason(call, server.profiles().member(user, "knock")));
    return Answer.of(Json.object().put("room_id", room.value()));
  }

  private Answer aliases(Call call) {
    UserId user = call.requireUser();
    RoomState state = server.rooms().require(call.room());
    new Rules(state).requireJoined(user);
    ArrayNode aliases = Json.array();
    server.aliases().of(state.id()).forEach(alias -> aliases.add(alias.value()));
    return Answer.of(Json.object().set("aliases", aliases));
  }

  private Answer kick(Call call) {
    UserId subject = subject(call);
    EventId unused = server
        .rooms()
        .kick(call.room(), call.requireUser(), subject, removal(call, Membership.LEAVE));
    server.typing().stop(call.room(), subject);
    return Answer.EMPTY;
  }

  private Answer unban(Call call) {
    EventId unused = server
        .rooms()
        .unban(call.room(), call.requireUser(), subject(call), removal(call, Membership.LEAVE));
    return Answer.EMPTY;
  }

  private EventId member(Call call, RoomId room, UserId subject, Content content) {
    return member(call, room, subject, Draft.member(subject, content));
  }

  private EventId member(Call call, RoomId room, UserId subject, Draft draft) {
    EventId id = server.rooms().send(room, call.requireUser(), draft);
    switch (draft.membership()) {
      case JOIN, INVITE, KNOCK -> server.settings().unforget(subject, room);
      default -> server.typing().stop(room, subject);
    }
    return id;
  }

  private static UserId subject(Call call) {
    call.requireUser();
    return Ids.id(Json.string(call.body(), "user_id"), UserId::parse);
  }

  private Answer forget(Call call) {
    UserId user = call.requireUser();
    RoomState state = server.rooms().require(call.room());
    SettableUserSettings settings = server.settings();
    synchronized (state) {
      if (state.content("m.room.member", user.value()).isMissingNode()) {
        throw ApiError.forbidden("not in room " + state.id());
      }
      switch (state.membership(user)) {
        case LEAVE, BAN -> settings.forget(user, state.id());
        default ->
          throw ApiError.of(400, "M_UNKNOWN", "User " + user + " is in room " + state.id());
      }
    }
    return Answer.EMPTY;
  }

  private Answer send(Call call) {
    UserId user = call.requireUser();
    Draft draft = dated(call, Draft.message(type(call), call.content()));
    EventId id = server.rooms().send(call.room(), user, draft, remembered(call));
    server.typing().stop(call.room(), user);
    return sent(id);
  }

  /**
   * Returns a draft with the time that the query asks for, if an application service sent it ("timestamp massaging" of
   * the Application Service API).
   */
  private static Draft dated(Call call, Draft draft) {
    return call.requester()
        .service()
        .flatMap(service -> call.parameter("ts"))
        .map(ts -> draft.withTime(time(ts)))
        .orElse(draft);
  }

  private static Instant time(String millis) {
    try {
      long time = Long.parseLong(millis);
      if (time >= 0 && time <= LATEST) {
        return Instant.ofEpochMilli(time);
      }
    } catch (NumberFormatException e) {
      // It is refused below.
    }
    throw ApiError.badParameter("'ts' must be milliseconds, 0 to " + LATEST);
  }

  private Answer setState(Call call, String key) {
    UserId user = call.requireUser();
    Draft draft = dated(call, Draft.state(type(call), key, call.content()));
    if (draft.type().equals("m.room.member")) {
      return sent(member(call, call.room(), Ids.id(key, UserId::parse), draft));
    }
    RoomState state = server.rooms().require(call.room());
    synchronized (state) {
      Aliases.requireCanonical(draft, alias -> server.aliases().isOf(alias, state.id()));
      EventId id = server.rooms().send(state.id(), user, draft);
      if (Guests.isAboutAccess(draft)) {
        removeGuests(state);
      }
      return sent(id);
    }
  }

  /** Removes guests when a room no longer lets them join. */
  private void removeGuests(RoomState room) {
    if (!Guests.mayJoin(room)) {
      Content leave = Content.of(Json.object().put("membership", Membership.LEAVE.value()));
      room.joined().stream()
          .filter(server.accounts()::isGuest)
          .forEach(guest -> server.rooms().send(room.id(), guest, Draft.member(guest, leave)));
    }
  }

  private Answer redact(Call call) {
    UserId user = call.requireUser();
    RoomId room = call.room();
    EventId target = call.eventId(1);
    return sent(server.rooms().redact(room, user, target, call.content(), remembered(call)));
  }

  /** Returns what remembers the transaction id of an event, if it is sent with one from a device. */
  private Consumer<EventId> remembered(Call call) {
    Optional<DeviceId> device = call.requester().device();
    List<String> path = call.match().open();
    if (device.isEmpty() || path.size() < 3) {
      return id -> {};
    }
    UserId user = call.requireUser();
    return id -> server.devices().transactionIds().set(user, device.get(), id, path.get(2));
  }

  private static String type(Call call) {
    if (call.segment(1).isEmpty()) {
      throw ApiError.badParameter("an event has a type");
    }
    return call.segment(1);
  }

  private static Answer sent(EventId id) {
    return Answer.of(Json.object().put("event_id", id.value()));
  }
}
