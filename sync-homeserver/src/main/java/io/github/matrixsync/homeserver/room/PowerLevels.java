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

  long of(UserId user) {
    if (content.isMissingNode()) {
      return user.value().equals(creator) ? TOP : 0;
    }
    return content.path("users").path(user.value()).asLong(named("users_default", 0));
  }

  /** Returns a level by its name. */
  long named(String name, long otherwise) {
    return content.path(name).asLong(otherwise);
  }

  /** Returns the level that an event of a type needs. */
  long toSend(String type, boolean isState) {
    long otherwise = isState
        ? named("state_default", content.isMissingNode() ? 0 : 50)
        : named("events_default", 0);
    return content.path("events").path(type).asLong(otherwise);
  }

  /**
   * Refuses new levels that are malformed, or by which the sender changes a level above their own, or that of another
   * user who is not below them.
   */
  void requireMayBecome(UserId sender, JsonNode after) {
    for (String name : NUMBERS) {
      requireNumber(after.path(name), name);
      requireWithin(sender, content.path(name), after.path(name));
    }
    for (String map : MAPS) {
      if (!after.path(map).isMissingNode() && !after.path(map).isObject()) {
        throw ApiError.badJson("'" + map + "' must be an object");
      }
      Set<String> keys = new LinkedHashSet<>(content.path(map).propertyNames());
      keys.addAll(after.path(map).propertyNames());
      for (String key : keys) {
        requireNumber(after.path(map).path(key), key);
        requireWithin(sender, content.path(map).path(key), after.path(map).path(key));
      }
    }
    requireOthersBelow(sender, after);
  }

  private void requireOthersBelow(UserId sender, JsonNode after) {
    for (String user : content.path("users").propertyNames()) {
      JsonNode before = content.path("users").path(user);
      boolean changes = !before.equals(after.path("users").path(user));
      if (changes && !user.equals(sender.value()) && before.asLong(0) >= of(sender)) {
        throw ApiError.forbidden("You don't have permission to change their level");
      }
    }
  }

  private static void requireNumber(JsonNode value, String name) {
    if (!value.isMissingNode() && !value.isLong()) {
      throw ApiError.badJson("the level '" + name + "' must be an integer of 64 bits");
    }
  }

  private void requireWithin(UserId sender, JsonNode before, JsonNode after) {
    if (!before.equals(after) && Math.max(before.asLong(0), after.asLong(0)) > of(sender)) {
      throw ApiError.forbidden("You don't have permission to give or take a level above yours");
    }
  }
}
