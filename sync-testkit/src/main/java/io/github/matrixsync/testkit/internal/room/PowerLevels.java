package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.event.UserId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The power levels of a room, with the defaults of the specification. Immutable.
 *
 * <p>Source: {@code m.room.power_levels}, and "Authorization rules" of room version 10.
 *
 * @param content the content of the event; if the room has no such event, it is empty and the creator may do everything
 * @param creator the user who created the room
 */
record PowerLevels(Map<String, Object> content, String creator) {
  static final String TYPE = "m.room.power_levels";

  private static final long TOP = 100;
  private static final long STATE_DEFAULT = 50;
  private static final List<String> MAPS = List.of("users", "events");
  private static final List<String> NUMBERS = List.of(
      "ban", "kick", "redact", "invite", "events_default", "state_default", "users_default");

  static PowerLevels of(RoomState room) {
    String creator = room.creation().map(entry -> entry.sender().value()).orElse("");
    return new PowerLevels(room.content(TYPE, ""), creator);
  }

  /** Returns the content of a new room's power levels. */
  static String initial(UserId creator) {
    return "{\"ban\":50,\"kick\":50,\"redact\":50,\"invite\":0,\"state_default\":50,"
        + "\"events_default\":0,\"users_default\":0,\"events\":{\"m.room.power_levels\":100,"
        + "\"m.room.history_visibility\":100},\"users\":{" + Json.quote(creator.value())
        + ":100}}";
  }

  long of(UserId user) {
    if (content.isEmpty()) {
      return user.value().equals(creator) ? TOP : 0;
    }
    return Json.numberAt(
        Json.objectAt(content, "users"), user.value(), Json.numberAt(content, "users_default", 0));
  }

  /** Returns the level that an action needs. */
  long toDo(String action) {
    return Json.numberAt(content, action, action.equals("invite") ? 0 : STATE_DEFAULT);
  }

  /** Returns the level that an event of a type needs. */
  long toSend(String type, boolean isState) {
    long otherwise = isState
        ? Json.numberAt(content, "state_default", content.isEmpty() ? 0 : STATE_DEFAULT)
        : Json.numberAt(content, "events_default", 0);
    return Json.numberAt(Json.objectAt(content, "events"), type, otherwise);
  }

  /** Returns the content with another level for one user. */
  String with(UserId user, long level) {
    Map<String, Object> changed = new HashMap<>(content);
    Map<Object, Object> users = new HashMap<>(Json.objectAt(content, "users"));
    users.put(user.value(), level);
    changed.put("users", new TreeMap<>(users));
    return Json.write(new TreeMap<>(changed));
  }

  /**
   * Refuses new levels that are malformed, that change a level above the sender's own, or that change the level of
   * another user who does not have less power than the sender.
   */
  void requireMayBecome(UserId sender, Map<String, Object> after, Refusals refusals) {
    for (String name : NUMBERS) {
      requireWithin(sender, name, content, after, refusals);
    }
    for (String map : MAPS) {
      if (after.containsKey(map) && !(after.get(map) instanceof Map)) {
        throw refusals.malformed("'" + map + "' of the power levels must be an object");
      }
      Map<?, ?> then = Json.objectAt(after, map);
      Map<?, ?> before = Json.objectAt(content, map);
      Set<Object> keys = new LinkedHashSet<>(before.keySet());
      keys.addAll(then.keySet());
      for (Object key : keys) {
        requireWithin(sender, String.valueOf(key), before, then, refusals);
      }
    }
    requireOthersBelow(sender, after, refusals);
  }

  private void requireWithin(
      UserId sender, String name, Map<?, ?> before, Map<?, ?> after, Refusals refusals) {
    Object value = after.get(name);
    if (value != null && !(value instanceof Integer || value instanceof Long)) {
      throw refusals.malformed("the level '" + name + "' must be an integer of 64 bits");
    }
    boolean changes = !String.valueOf(before.get(name)).equals(String.valueOf(value));
    long highest = Math.max(Json.numberAt(before, name, 0), Json.numberAt(after, name, 0));
    if (changes && highest > of(sender)) {
      throw refusals.tooWeak(sender, of(sender), highest, "change the level '" + name + "'");
    }
  }

  private void requireOthersBelow(UserId sender, Map<String, Object> after, Refusals refusals) {
    Map<?, ?> before = Json.objectAt(content, "users");
    Map<?, ?> then = Json.objectAt(after, "users");
    for (Object user : before.keySet()) {
      String name = String.valueOf(user);
      long level = Json.numberAt(before, name, 0);
      boolean changes = !String.valueOf(before.get(user)).equals(String.valueOf(then.get(user)));
      if (changes && !name.equals(sender.value()) && level >= of(sender)) {
        throw refusals.tooWeak(sender, of(sender), level + 1, "change the level of " + name);
      }
    }
  }
}
