package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.JsonText;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * Builds the contents of events that clients send. Pure.
 *
 * <p>Source: "Instant Messaging", "Rich replies", "Event replacements", "Event annotations and reactions" and
 * "Ignoring Users" of the Client-Server API.
 */
public final class Contents {
  private static final int SHOWN = 64;
  private static final String RELATES = "m.relates_to";

  private static final Set<String> STATE = Set.of(
      "m.room.create",
      "m.room.member",
      "m.room.power_levels",
      "m.room.join_rules",
      "m.room.history_visibility",
      "m.room.name",
      "m.room.topic",
      "m.room.avatar",
      "m.room.canonical_alias",
      "m.room.guest_access",
      "m.room.pinned_events",
      "m.room.tombstone",
      "m.room.server_acl",
      "m.room.encryption");

  private Contents() {}

  /** Refuses a type that only state events have. */
  public static void requireNoState(String type) {
    if (STATE.contains(type)) {
      String instead =
          type.equals("m.room.member") ? "use joins, invites, … or sets(…)" : "use sets(…)";
      throw new IllegalArgumentException(type + " is a state event: " + instead);
    }
    if (type.equals("m.room.redaction")) {
      throw new IllegalArgumentException(type + " has its own method: use redacts(…)");
    }
  }

  /**
   * Returns the content that a test gives as JSON, byte for byte.
   *
   * @throws IllegalArgumentException if it is not a JSON object; the message has the line and the column
   */
  public static Content parse(String json) {
    if (!JsonText.parse(json).isObject()) {
      throw new IllegalArgumentException(
          "the content must be a JSON object, got " + cut(json, SHOWN));
    }
    return new Content(RawJson.of(json));
  }

  /** Returns a text, or the beginning of a longer one, in which no character is cut in two. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "...";
  }

  /** Returns a text in quotes, as JSON has it. */
  public static String quote(String text) {
    return JsonNode.string(text).toString();
  }

  /** Returns a content with one member. */
  public static Content of(String name, String value) {
    return Content.of(Json.object().put(name, value));
  }

  /** Returns the content of a member event; an empty name is left out. */
  public static Content member(String membership, String name) {
    ObjectNode member = Json.object().put("membership", membership);
    return Content.of(name.isEmpty() ? member : member.put("displayname", name));
  }

  public static Content text(String kind, String text) {
    return Content.of(message(kind, text));
  }

  private static ObjectNode message(String kind, String text) {
    return Json.object().put("msgtype", kind).put("body", Objects.requireNonNull(text, "text"));
  }

  public static Content reply(EventId to, String text) {
    ObjectNode content = message("m.text", text);
    content.putObject(RELATES).putObject("m.in_reply_to").put("event_id", to.value());
    return Content.of(content);
  }

  public static Content edit(EventId message, String text) {
    ObjectNode content = message("m.text", "* " + text);
    content.putObject(RELATES).put("rel_type", "m.replace").put("event_id", message.value());
    return Content.of(content.set("m.new_content", message("m.text", text)));
  }

  public static Content reaction(EventId to, String key) {
    ObjectNode content = Json.object();
    content
        .putObject(RELATES)
        .put("rel_type", "m.annotation")
        .put("event_id", to.value())
        .put("key", key);
    return Content.of(content);
  }

  public static Content ignored(Collection<UserId> users) {
    ObjectNode content = Json.object();
    ObjectNode ignored = content.putObject("ignored_users");
    users.forEach(user -> ignored.putObject(user.value()));
    return Content.of(content);
  }
}
