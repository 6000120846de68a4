package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.appservice.NetworkLists;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Guests;
import io.github.matrixsync.homeserver.registration.Service;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.RoomState;
import io.github.matrixsync.homeserver.room.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The list of public rooms, and those of application services: reading them, whole or in pages, and publishing rooms.
 *
 * @since 0.1.0
 */
public final class PublicRoomEndpoints {
  private static final int MOST = 500;

  private final ServerParts server;
  private final NetworkLists networks;

  public PublicRoomEndpoints(ServerParts server, NetworkLists networks) {
    this.server = server;
    this.networks = networks;
  }

  /** Adds the list as clients of v1 read it. */
  public void addV1To(Router router) {
    router.add("GET", "publicRooms", call -> whole());
  }

  /** Adds the list in pages, and publishing. */
  public void addTo(Router router) {
    router.add("GET", "publicRooms", this::page);
    router.add("POST", "publicRooms", this::search);
    router.add("GET", "directory/list/room/*", this::visibility);
    router.add("PUT", "directory/list/room/*", this::publish);
    router.add("PUT", "directory/list/appservice/*/*", this::list);
  }

  private Answer whole() {
    ObjectNode answer = Json.object().put("start", "START").put("end", "END");
    ArrayNode chunk = answer.putArray("chunk");
    found("", server.directory().published()).forEach(chunk::add);
    return Answer.of(answer);
  }

  private Answer page(Call call) {
    int limit = call.parameter("limit").map(PublicRoomEndpoints::number).orElse(MOST);
    return page(found("", server.directory().published()), limit, call.parameter("since"));
  }

  private Answer search(Call call) {
    call.requireUser();
    JsonNode limit = call.body().path("limit");
    if (!limit.isMissingNode() && !limit.isNull() && !limit.isInt()) {
      throw ApiError.badJson("'limit' must be an integer");
    }
    ObjectNode filter = Json.optionalObject(call.body(), "filter");
    String term = Json.optionalString(filter, "generic_search_term").orElse("");
    Optional<String> since = Json.optionalString(call.body(), "since");
    List<ObjectNode> found = found(term.toLowerCase(Locale.ROOT), listed(call.body()));
    return page(found, limit.asInt(MOST), since);
  }

  /** Returns the rooms of the list that a search is about. */
  private Set<RoomId> listed(JsonNode search) {
    Optional<String> instance = Json.optionalString(search, "third_party_instance_id");
    if (instance.isPresent()) {
      return networks.of(instance.get());
    }
    Set<RoomId> listed = new HashSet<>(server.directory().published());
    if (Json.flag(search, "include_all_networks")) {
      listed.addAll(networks.all());
    }
    return listed;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ApiError.badParameter("'limit' must be an integer");
    }
  }

  /** Returns a page; a token is the index of the page's first room. */
  private static Answer page(List<ObjectNode> rooms, int limit, Optional<String> since) {
    int first =
        since.filter(token -> !token.isEmpty()).map(PublicRoomEndpoints::index).orElse(0);
    int from = Math.min(first, rooms.size());
    int end = from + Math.min(Math.max(limit, 1), Math.min(MOST, rooms.size() - from));
    ObjectNode answer = Json.object().put("total_room_count_estimate", rooms.size());
    ArrayNode chunk = answer.putArray("chunk");
    rooms.subList(from, Math.min(end, rooms.size())).forEach(chunk::add);
    if (end < rooms.size()) {
      answer.put("next_batch", String.valueOf(end));
    }
    return Answer.of(answer);
  }

  private static int index(String token) {
    try {
      return Integer.parseUnsignedInt(token);
    } catch (NumberFormatException e) {
      throw ApiError.badParameter("'since' is no token of this server");
    }
  }

  /** Returns those of {@code rooms} whose name, topic or alias has a term in it. */
  private List<ObjectNode> found(String term, Set<RoomId> rooms) {
    return rooms.stream()
        .sorted()
        .flatMap(room -> server.rooms().find(room).stream())
        .map(this::json)
        .filter(room -> term.isEmpty() || text(room).contains(term))
        .toList();
  }

  private static String text(ObjectNode room) {
    String names = room.path("name").asString("") + '\n' + room.path("topic").asString("");
    return (names + '\n' + room.path("aliases")).toLowerCase(Locale.ROOT);
  }

  private ObjectNode json(RoomState state) {
    ObjectNode room = Json.object().put("room_id", state.id().value());
    put(room, "name", state, "m.room.name", "name");
    put(room, "topic", state, "m.room.topic", "topic");
    put(room, "avatar_url", state, "m.room.avatar", "url");
    put(room, "canonical_alias", state, "m.room.canonical_alias", "alias");
    put(room, "join_rule", state, "m.room.join_rules", "join_rule");
    put(room, "room_type", state, "m.room.create", "type");
    ArrayNode aliases = room.putArray("aliases");
    server.aliases().of(state.id()).forEach(alias -> aliases.add(alias.value()));
    room.put("num_joined_members", state.joinedMembers());
    JsonNode visibility = state.content("m.room.history_visibility", "");
    String value = visibility.path("history_visibility").asString("");
    room.put("world_readable", value.equals("world_readable"));
    return room.put("guest_can_join", Guests.mayJoin(state));
  }

  private static void put(ObjectNode room, String key, RoomState state, String type, String field) {
    JsonNode value = state.content(type, "").path(field);
    if (value.isString()) {
      room.put(key, value.asString());
    }
  }

  private Answer visibility(Call call) {
    RoomId room = known(call).id();
    boolean isPublic = server.directory().published().contains(room);
    return Answer.of(Json.object().put("visibility", isPublic ? "public" : "private"));
  }

  private RoomState known(Call call) {
    return server.rooms().find(call.room()).orElseThrow(() -> ApiError.notFound("No such room"));
  }

  /** Publishes a room or takes it off the list, for users who may name it. */
  private Answer publish(Call call) {
    UserId user = call.requireUser();
    RoomState state = known(call);
    boolean isPublic = isPublic(call);
    new Rules(state).require(user, Draft.state("m.room.canonical_alias", "", Content.EMPTY));
    server.directory().setPublished(state.id(), isPublic);
    return Answer.EMPTY;
  }

  private static boolean isPublic(Call call) {
    return switch (Json.optionalString(call.body(), "visibility").orElse("public")) {
      case "public" -> true;
      case "private" -> false;
      default -> throw ApiError.badParameter("'visibility' must be public or private");
    };
  }

  /** Lists a room for a network of an application service, or takes it off that list. */
  private Answer list(Call call) {
    Service service = call.requester().requireService();
    RoomId room = Ids.id(call.segment(1), RoomId::parse);
    if (server.rooms().find(room).isEmpty()) {
      throw ApiError.notFound("No such room");
    }
    networks.set(service, call.segment(0), room, isPublic(call));
    return Answer.EMPTY;
  }
}
