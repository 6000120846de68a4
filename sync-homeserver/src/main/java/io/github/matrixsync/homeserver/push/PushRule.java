package io.github.matrixsync.homeserver.push;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates push rules over an event. Pure.
 *
 * <p>Source: "Push Rules" of the Client-Server API v1.16.
 */
final class PushRule {
  private static final String BODY = "content.body";
  private static final long ROOM_LEVEL = 50;

  /** The result of the first rule that matches an event. */
  enum Outcome {
    NOTHING,
    NOTIFY,
    HIGHLIGHT
  }

  /**
   * The facts about the room and the user that rules depend on.
   *
   * @param displayName the user's display name in the room; empty: none
   * @param members how many users are joined
   * @param levels the content of the room's power levels
   */
  record Place(Optional<String> displayName, long members, JsonNode levels) {}

  private PushRule() {}

  /** Returns the result of a user's rules for an event. */
  static Outcome evaluate(ObjectNode rules, JsonNode event, Place place) {
    for (String kind : PushRules.KINDS) {
      for (JsonNode rule : rules.path(kind)) {
        if (rule.path("enabled").asBoolean(true) && matches(kind, rule, event, place)) {
          return outcome(rule.path("actions"));
        }
      }
    }
    return Outcome.NOTHING;
  }

  private static Outcome outcome(JsonNode actions) {
    boolean notifies = false;
    boolean highlights = false;
    for (JsonNode action : actions) {
      notifies |= action.asString("").equals("notify");
      highlights |= action.path("set_tweak").asString("").equals("highlight")
          && action.path("value").asBoolean(true);
    }
    return !notifies ? Outcome.NOTHING : highlights ? Outcome.HIGHLIGHT : Outcome.NOTIFY;
  }

  private static boolean matches(String kind, JsonNode rule, JsonNode event, Place place) {
    String id = rule.path("rule_id").asString("");
    return switch (kind) {
      case "content" -> matchesText(event, BODY, rule.path("pattern").asString(""));
      case "room" -> event.path("room_id").asString("").equals(id);
      case "sender" -> event.path("sender").asString("").equals(id);
      default -> {
        for (JsonNode condition : rule.path("conditions")) {
          if (!holds(condition, event, place)) {
            yield false;
          }
        }
        yield true;
      }
    };
  }

  private static boolean holds(JsonNode condition, JsonNode event, Place place) {
    String key = condition.path("key").asString("");
    return switch (condition.path("kind").asString("")) {
      case "event_match" -> matchesText(event, key, condition.path("pattern").asString(""));
      case "event_property_is" ->
        isSimple(at(event, key)) && at(event, key).equals(condition.path("value"));
      case "event_property_contains" -> contains(at(event, key), condition.path("value"));
      case "contains_display_name" ->
        place.displayName().filter(name -> mentions(event, name)).isPresent();
      case "room_member_count" -> isNumber(place.members(), condition.path("is").asString(""));
      case "sender_notification_permission" -> mayNotify(event, key, place.levels());
      default -> false;
    };
  }

  private static boolean matchesText(JsonNode event, String key, String glob) {
    JsonNode value = at(event, key);
    if (!value.isString()) {
      return false;
    }
    Glob pattern = Glob.of(glob);
    return key.equals(BODY)
        ? pattern.matchesWordsOf(value.asString(""))
        : pattern.matches(value.asString(""));
  }

  private static boolean mentions(JsonNode event, String name) {
    JsonNode body = at(event, BODY);
    return !name.isEmpty()
        && body.isString()
        && Glob.literal(name).matchesWordsOf(body.asString(""));
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    return list.isArray() && isSimple(value) && list.valueStream().anyMatch(value::equals);
  }

  private static boolean isSimple(JsonNode value) {
    return value.isString() || value.isBoolean() || value.isNull() || value.isIntegralNumber();
  }

  private static boolean isNumber(long count, String is) {
    String operator = is.replaceAll("[0-9]+$", "");
    String digits = is.substring(operator.length());
    if (digits.isEmpty() || digits.length() > 15) {
      return false;
    }
    long number = Long.parseLong(digits);
    return switch (operator) {
      case "", "==" -> count == number;
      case "<" -> count < number;
      case ">" -> count > number;
      case "<=" -> count <= number;
      case ">=" -> count >= number;
      default -> false;
    };
  }

  private static boolean mayNotify(JsonNode event, String key, JsonNode levels) {
    String sender = event.path("sender").asString("");
    long level =
        levels.path("users").path(sender).asLong(levels.path("users_default").asLong(0));
    return level >= levels.path("notifications").path(key).asLong(ROOM_LEVEL);
  }

  /** Returns the value at a path of keys that are separated by dots; a dot within a key is escaped by a backslash. */
  private static JsonNode at(JsonNode event, String path) {
    JsonNode value = event;
    for (String key : keys(path)) {
      value = value.isObject() ? value.path(key) : JsonNode.missing();
    }
    return value;
  }

  private static List<String> keys(String path) {
    List<String> keys = new ArrayList<>();
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean isEscaped =
          c == '\\' && i + 1 < path.length() && ".\\".indexOf(path.charAt(i + 1)) >= 0;
      if (isEscaped) {
        i++;
        key.append(path.charAt(i));
      } else if (c == '.') {
        keys.add(key.toString());
        key.setLength(0);
      } else {
        key.append(c);
      }
    }
    keys.add(key.toString());
    return keys;
  }

  /** Returns an event's JSON as a tree. */
  static JsonNode tree(RoomEvent event) {
    return Json.read(event.json());
  }
}
