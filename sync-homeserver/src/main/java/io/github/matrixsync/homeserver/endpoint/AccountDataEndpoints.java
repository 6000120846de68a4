package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Account data, for all rooms or for one, and the tags of rooms.
 *
 * @since 0.1.0
 */
public final class AccountDataEndpoints {
  private static final String TAG = "m.tag";
  private static final String TAGS = "tags";
  private static final String IGNORED = "m.ignored_user_list";
  private static final String INVITES = "m.invite_permission_config";

  private final SettableAccountDataStore store;
  private final SettableUserSettings settings;

  public AccountDataEndpoints(ServerParts server) {
    this.store = server.accountData();
    this.settings = server.settings();
  }

  /** Refuses to set what the server keeps itself, as newer clients expect. */
  public static void addNewerTo(Router router) {
    router.add("PUT", "user/*/account_data/m.push_rules", AccountDataEndpoints::refuse);
    router.add("PUT", "user/*/rooms/*/account_data/m.fully_read", AccountDataEndpoints::refuse);
  }

  private static Answer refuse(Call call) {
    call.requireOneself(0);
    throw ApiError.of(405, "M_BAD_JSON", "this type of account data has requests of its own");
  }

  public void addTo(Router router) {
    router.add("GET", "user/*/account_data/*", call -> get(call, Optional.empty(), 1));
    router.add("PUT", "user/*/account_data/*", call -> put(call, Optional.empty(), 1));
    router.add("GET", "user/*/rooms/*/account_data/*", call -> get(call, room(call), 2));
    router.add("PUT", "user/*/rooms/*/account_data/*", call -> put(call, room(call), 2));
    router.add("GET", "user/*/rooms/*/tags", this::tags);
    router.add("PUT", "user/*/rooms/*/tags/*", this::putTag);
    router.add("DELETE", "user/*/rooms/*/tags/*", this::deleteTag);
  }

  private static Optional<RoomId> room(Call call) {
    call.requireOneself(0);
    return Optional.of(Ids.id(call.segment(1), RoomId::parse));
  }

  private Answer get(Call call, Optional<RoomId> room, int segment) {
    UserId user = call.requireOneself(0);
    return Answer.of(content(user, room, call.segment(segment))
        .orElseThrow(() -> ApiError.notFound("Account data not found")));
  }

  private Answer put(Call call, Optional<RoomId> room, int segment) {
    UserId user = call.requireOneself(0);
    String type = call.segment(segment);
    if (type.isEmpty()) {
      throw ApiError.badParameter("account data has a type");
    }
    synchronized (store) {
      set(user, room, type, call.content().json());
      if (room.isEmpty() && type.equals(IGNORED)) {
        settings.setIgnored(user, ignored(call.body()));
      }
      if (room.isEmpty() && type.equals(INVITES)) {
        settings.setBlocksInvites(user, blocksInvites(call.body()));
      }
    }
    return Answer.EMPTY;
  }

  /** Returns the users of an ignore list; entries that are no user ids are skipped. */
  private static Set<UserId> ignored(JsonNode list) {
    return list.path("ignored_users").propertyNames().stream()
        .flatMap(name -> user(name).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean blocksInvites(JsonNode config) {
    return config.path("default_action").asString("").equals("block");
  }

  private static Optional<UserId> user(String name) {
    try {
      return Optional.of(UserId.parse(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Answer tags(Call call) {
    Optional<RoomId> room = room(call);
    return Answer.of(Json.object().set(TAGS, tagsOf(call.requireUser(), room)));
  }

  private Answer putTag(Call call) {
    return changeTags(call, tags -> tags.set(call.segment(2), call.body()));
  }

  private Answer deleteTag(Call call) {
    return changeTags(call, tags -> tags.remove(call.segment(2)));
  }

  private Answer changeTags(Call call, Consumer<ObjectNode> change) {
    Optional<RoomId> room = room(call);
    UserId user = call.requireUser();
    synchronized (store) {
      ObjectNode tags = tagsOf(user, room);
      change.accept(tags);
      set(user, room, TAG, Json.write(Json.object().set(TAGS, tags)));
    }
    return Answer.EMPTY;
  }

  private ObjectNode tagsOf(UserId user, Optional<RoomId> room) {
    return content(user, room, TAG).map(json -> Json.read(json).path(TAGS)).stream()
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .findFirst()
        .orElseGet(Json::object);
  }

  private Optional<RawJson> content(UserId user, Optional<RoomId> room, String type) {
    return store.current(List.of(user)).stream()
        .filter(entry -> entry.room().equals(room) && entry.type().equals(type))
        .map(AccountDataChange::content)
        .findFirst();
  }

  private void set(UserId user, Optional<RoomId> room, String type, RawJson content) {
    store.set(new AccountDataChange(0, user, room, type, content));
  }
}
