package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds the contents of events that clients send. Pure.
 *
 * <p>Source: "Instant Messaging", "Rich replies", "Event replacements", "Event annotations and reactions" and
 * "Ignoring Users" of the Client-Server API.
 */
public final class Contents {
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

  /** Returns the content of a member event; an empty name is left out. */
  public static String member(String membership, String name) {
    String shown = name.isEmpty() ? "" : ",\"displayname\":" + Json.quote(name);
    return "{\"membership\":" + Json.quote(membership) + shown + "}";
  }

  public static String text(String kind, String text) {
    return "{\"msgtype\":" + Json.quote(kind) + ",\"body\":" + Json.quote(text) + "}";
  }

  public static String reply(EventId to, String text) {
    String relation = "{\"m.in_reply_to\":{\"event_id\":" + Json.quote(to.value()) + "}}";
    return withRelation(text("m.text", text), relation);
  }

  public static String edit(EventId message, String text) {
    String relation =
        "{\"rel_type\":\"m.replace\",\"event_id\":" + Json.quote(message.value()) + "}";
    String content = withRelation(text("m.text", "* " + text), relation);
    return with(content, "m.new_content", text("m.text", text));
  }

  public static String reaction(EventId to, String key) {
    return withRelation(
        "{}",
        "{\"rel_type\":\"m.annotation\",\"event_id\":" + Json.quote(to.value()) + ",\"key\":"
            + Json.quote(key) + "}");
  }

  public static String ignored(Collection<UserId> users) {
    return users.stream()
        .map(user -> Json.quote(user.value()) + ":{}")
        .collect(Collectors.joining(",", "{\"ignored_users\":{", "}}"));
  }

  private static String withRelation(String content, String relation) {
    return with(content, "m.relates_to", relation);
  }

  private static String with(String content, String name, String value) {
    String open = content.substring(0, content.length() - 1);
    return open + (open.length() > 1 ? "," : "") + Json.quote(name) + ":" + value + "}";
  }
}
