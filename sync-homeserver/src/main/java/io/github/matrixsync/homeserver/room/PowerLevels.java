package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The power levels of a room, with the defaults of the specification. Pure.
 *
 * @param content the content of {@code m.room.power_levels}; a missing node if there is none: then the creator may do
 *     everything
 * @param creator the user who created the room
 * @since 0.1.0
 */
public record PowerLevels(JsonNode content, String creator) {
  public static final String TYPE = "m.room.power_levels";

  private static final long TOP = 100;
  private static final long STATE_DEFAULT = 50;
  private static final List<String> MAPS = List.of("users", "events");
  private static final List<String> NUMBERS = List.of(
      "ban", "kick", "redact", "invite", "events_default", "state_default", "users_default");

  /** Returns the levels of a new room. */
  public static ObjectNode initial(List<String> top) {
    ObjectNode levels = Json.object().put("ban", 50).put("kick", 50).put("redact", 50);
    levels
        .put("invite", 0)
        .put("state_default", 50)
        .put("events_default", 0)
        .put("users_default", 0);
    levels
        .putObject("events")
        .put("m.room.name", 50)
        .put("m.room.power_levels", TOP)
        .put("m.room.history_visibility", TOP)
        .put("m.room.canonical_alias", 50)
        .put("m.room.avatar", 50);
    ObjectNode users = levels.putObject("users");
    top.forEach(user -> users.put(user, TOP));
    return levels;
  }

  /** Returns the levels of a room. */
  static PowerLevels of(RoomState room) {
    return new PowerLevels(room.content(TYPE, ""), room.creator());
  }

  /** Returns the content of a room's levels with another level for one user. */
  public static ObjectNode with(RoomState room, UserId user, long level) {
    ObjectNode levels = room.content(TYPE, "") instanceof ObjectNode known
        ? known.deepCopy()
        : initial(List.of(room.creator()));
    levels.withObject("users").put(user.value(), level);
    return levels;
  }

  long of(UserId user) {
    if (content.isMissingNode()) {
      return user.value().equals(creator) ? TOP : 0;
    }
    return content.path("users").path(user.value()).asLong(named("users_default", 0));
  }

  private long named(String name, long otherwise) {
    return content.path(name).asLong(otherwise);
  }

  /** Returns the level that an action needs, by its name. */
  long toDo(String action) {
    return named(action, action.equals("invite") ? 0 : STATE_DEFAULT);
  }

  /** Returns the level that an event of a type needs. */
  long toSend(String type, boolean isState) {
    long otherwise = isState
        ? named("state_default", content.isMissingNode() ? 0 : STATE_DEFAULT)
        : named("events_default", 0);
    return content.path("events").path(type).asLong(otherwise);
  }

  /**
   * Refuses new levels that are malformed, or by which the sender changes a level above their own, or that of another
   * user who is not below them.
   */
  void requireMayBecome(UserId sender, JsonNode after, Refusals refusals) {
    for (String name : NUMBERS) {
      requireWithin(sender, name, content, after, refusals);
    }
    for (String map : MAPS) {
      JsonNode then = after.path(map);
      if (!then.isMissingNode() && !then.isObject()) {
        throw ApiError.badJson("'" + map + "' of the power levels must be an object");
      }
      Set<String> keys = new LinkedHashSet<>(content.path(map).propertyNames());
      keys.addAll(then.propertyNames());
      for (String key : keys) {
        requireWithin(sender, key, content.path(map), then, refusals);
      }
    }
    requireOthersBelow(sender, after, refusals);
  }

  private void requireWithin(
      UserId sender, String name, JsonNode before, JsonNode after, Refusals refusals) {
    JsonNode old = before.path(name);
    JsonNode value = after.path(name);
    if (!value.isMissingNode() && !value.isLong()) {
      throw ApiError.badJson("the level '" + name + "' must be an integer of 64 bits");
    }
    long highest = Math.max(old.asLong(0), value.asLong(0));
    if (!old.equals(value) && highest > of(sender)) {
      throw refusals.tooWeak(sender, of(sender), highest, "change the level '" + name + "'");
    }
  }

  private void requireOthersBelow(UserId sender, JsonNode after, Refusals refusals) {
    JsonNode before = content.path("users");
    for (String user : before.propertyNames()) {
      long level = before.path(user).asLong(0);
      boolean changes = !before.path(user).equals(after.path("users").path(user));
      if (changes && !user.equals(sender.value()) && level >= of(sender)) {
        throw refusals.tooWeak(sender, of(sender), level + 1, "change the level of " + user);
      }
    }
  }
}
