package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server answers besides the sync calls: accounts, rooms, typing. */
final class Endpoints {
  private static final long MAX_TYPING_MILLIS = 120_000;

  private final HomeServer server;

  Endpoints(HomeServer server) {
    this.server = server;
  }

  /** Adds all of them, and the sync calls, which get here only without a user. */
  void addTo(Router router) {
    for (String sync :
        List.of("events", "events/*", "initialSync", "rooms/*/initialSync", "rooms/*/messages")) {
      router.add("GET", sync, call -> refuse(call));
    }
    router.add("GET", "login", call -> flows());
    router.add("POST", "login", this::login);
    router.add("GET", "register", call -> flows());
    router.add("POST", "register", this::register);
    router.add("POST", "createRoom", this::createRoom);
    router.add("POST", "join/*", call -> join(call, roomOf(call.path().get(0))));
    router.add("POST", "rooms/*/join", call -> join(call, call.room(0)));
    router.add("POST", "rooms/*/leave", call -> change(call, call.requireUser(), Membership.LEAVE));
    router.add("POST", "rooms/*/invite", call -> change(call, subject(call), Membership.INVITE));
    router.add("POST", "rooms/*/kick", call -> change(call, subject(call), Membership.LEAVE));
    router.add("POST", "rooms/*/ban", call -> change(call, subject(call), Membership.BAN));
    router.add("POST", "rooms/*/unban", call -> change(call, subject(call), Membership.LEAVE));
    router.add("PUT", "rooms/*/send/*/*", this::send);
    router.add("POST", "rooms/*/send/*", this::send);
    router.add("PUT", "rooms/*/typing/*", this::typing);
    router.add("GET", "pushrules/", call -> pushRules());
    router.add("GET", "pushrules", call -> pushRules());
  }

  private static ObjectNode refuse(Call call) {
    throw ApiError.of(401, "M_UNKNOWN_TOKEN", "not for " + call.requireUser());
  }

  private static ObjectNode flows() {
    ObjectNode flows = Json.object();
    flows.putArray("flows").addObject().put("type", "m.login.password");
    return flows;
  }

  private static ObjectNode pushRules() {
    ObjectNode rules = Json.object();
    rules.putObject("global");
    rules.putObject("device");
    return rules;
  }

  private ObjectNode register(Call call) {
    UserId user = server.accounts.user(Json.string(call.body(), "user"));
    return session(user, server.accounts.register(user, Json.string(call.body(), "password")));
  }

  private ObjectNode login(Call call) {
    UserId user = server.accounts.user(Json.string(call.body(), "user"));
    return session(user, server.accounts.login(user, Json.string(call.body(), "password")));
  }

  private static ObjectNode session(UserId user, String token) {
    String home = user.value().substring(user.value().indexOf(':') + 1);
    return Json.object()
        .put("user_id", user.value())
        .put("access_token", token)
        .put("home_server", home);
  }

  private ObjectNode createRoom(Call call) {
    UserId creator = call.requireUser();
    RoomId room = server.rooms.newRoomId();
    boolean open = call.body().path("visibility").asString("private").equals("public");
    List<Rooms.Draft> drafts = new ArrayList<>();
    drafts.add(state("m.room.create", Json.object().put("creator", creator.value())));
    drafts.add(Rooms.Draft.state(
        "m.room.member", creator.value(), Json.object().put("membership", "join")));
    ObjectNode levels = Json.object().put("ban", 50).put("kick", 50).put("redact", 50);
    levels.put("state_default", 50).put("events_default", 0).put("users_default", 0);
    levels.putObject("users").put(creator.value(), 100);
    drafts.add(state("m.room.power_levels", levels));
    drafts.add(
        state("m.room.join_rules", Json.object().put("join_rule", open ? "public" : "invite")));
    drafts.add(
        state("m.room.history_visibility", Json.object().put("history_visibility", "shared")));
    for (String key : List.of("name", "topic")) {
      if (call.body().has(key)) {
        drafts.add(state("m.room." + key, Json.object().put(key, Json.string(call.body(), key))));
      }
    }
    JsonNode invited = call.body().path("invite");
    for (JsonNode user : invited) {
      UserId id = Call.id(user.asString(""), UserId::parse);
      drafts.add(Rooms.Draft.state(
          "m.room.member", id.value(), Json.object().put("membership", "invite")));
    }
    server.rooms.create(room, creator, drafts);
    server.directory.setPublished(room, open);
    return Json.object().put("room_id", room.value());
  }

  private static Rooms.Draft state(String type, JsonNode content) {
    return Rooms.Draft.state(type, "", content);
  }

  private RoomId roomOf(String idOrAlias) {
    if (!idOrAlias.startsWith("#")) {
      return Call.id(idOrAlias, RoomId::parse);
    }
    return server
        .directory
        .resolve(Call.id(idOrAlias, RoomAlias::parse))
        .orElseThrow(() -> ApiError.notFound("no such alias"));
  }

  private ObjectNode join(Call call, RoomId room) {
    UserId user = call.requireUser();
    server.rooms.setMembership(room, user, user, Membership.JOIN, Json.object());
    server.settings.unforget(user, room);
    return Json.object().put("room_id", room.value());
  }

  private static UserId subject(Call call) {
    return Call.id(Json.string(call.body(), "user_id"), UserId::parse);
  }

  private ObjectNode change(Call call, UserId subject, Membership membership) {
    RoomId room = call.room(0);
    server.rooms.setMembership(room, call.requireUser(), subject, membership, Json.object());
    server.typing.stop(room, subject);
    return Json.object();
  }

  private ObjectNode send(Call call) {
    UserId user = call.requireUser();
    Rooms.Draft draft = Rooms.Draft.message(call.path().get(1), call.body());
    EventId id = server.rooms.send(call.room(0), user, draft);
    server.typing.stop(call.room(0), user);
    return Json.object().put("event_id", id.value());
  }

  private ObjectNode typing(Call call) {
    UserId user = call.requireUser();
    if (!user.equals(call.userId(1))) {
      throw ApiError.forbidden("nobody types for another");
    }
    new Rules(server.rooms.require(call.room(0))).requireJoined(user);
    JsonNode typing = call.body().path("typing");
    if (typing.asBoolean(typing.asInt(0) != 0)) {
      long millis = Math.min(call.body().path("timeout").asLong(30_000), MAX_TYPING_MILLIS);
      server.typing.start(call.room(0), user, Instant.now().plus(Duration.ofMillis(millis)));
    } else {
      server.typing.stop(call.room(0), user);
    }
    return Json.object();
  }
}
