package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The public room list and the aliases. */
final class DirectoryEndpoints {
  private final HomeServer server;

  DirectoryEndpoints(HomeServer server) {
    this.server = server;
  }

  void addTo(Router v1) {
    v1.add("GET", "publicRooms", call -> publicRooms());
    v1.add("GET", "directory/room/*", this::resolve);
    v1.add("PUT", "directory/room/*", this::add);
    v1.add("DELETE", "directory/room/*", this::remove);
  }

  private Answer publicRooms() {
    ObjectNode answer = Json.object().put("start", "START").put("end", "END");
    ArrayNode chunk = answer.putArray("chunk");
    for (RoomId room : server.directory.published()) {
      server.rooms.find(room).ifPresent(state -> chunk.add(publicRoom(state)));
    }
    return Answer.of(answer);
  }

  private ObjectNode publicRoom(RoomState state) {
    ObjectNode room = Json.object().put("room_id", state.id().value());
    putText(room, "name", state.content("m.room.name", "").path("name"));
    putText(room, "topic", state.content("m.room.topic", "").path("topic"));
    ArrayNode aliases = room.putArray("aliases");
    server.aliases.of(state.id()).forEach(alias -> aliases.add(alias.value()));
    room.put("num_joined_members", state.joinedMembers());
    JsonNode visibility = state.content("m.room.history_visibility", "");
    String value = visibility.path("history_visibility").asString("");
    return room.put("world_readable", value.equals("world_readable"));
  }

  private static void putText(ObjectNode room, String key, JsonNode value) {
    if (value.isString()) {
      room.put(key, value.asString());
    }
  }

  private Answer resolve(Call call) {
    RoomAlias alias = Call.id(call.segment(0), RoomAlias::parse);
    ObjectNode answer =
        Json.object().put("room_id", server.aliases.require(alias).value());
    answer.putArray("servers").add(server.name);
    return Answer.of(answer);
  }

  private Answer add(Call call) {
    call.requireUser();
    RoomAlias alias = server.aliases.parse(call.segment(0));
    RoomId room = Call.id(Json.string(call.body(), "room_id"), RoomId::parse);
    return rename(call, alias, room, () -> server.aliases.add(alias, room));
  }

  private Answer remove(Call call) {
    call.requireUser();
    RoomAlias alias = server.aliases.parse(call.segment(0));
    RoomId room = server.aliases.require(alias);
    return rename(call, alias, room, () -> server.aliases.remove(alias));
  }

  /** Changes how a room is called, and tells the room, one change after the other. */
  private Answer rename(Call call, RoomAlias alias, RoomId room, Runnable change) {
    UserId user = call.requireUser();
    RoomState state = server.rooms.require(room);
    synchronized (state) {
      new Rules(state).require(user, aliases(room));
      server.services.requireMayBeNamed(alias, call.requester().service());
      change.run();
      server.rooms.send(room, user, aliases(room));
    }
    return Answer.EMPTY;
  }

  private Draft aliases(RoomId room) {
    ObjectNode content = Json.object();
    ArrayNode names = content.putArray("aliases");
    server.aliases.of(room).forEach(alias -> names.add(alias.value()));
    return Draft.state("m.room.aliases", server.name, Content.of(content));
  }
}
