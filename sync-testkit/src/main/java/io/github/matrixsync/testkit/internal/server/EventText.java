package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.testkit.internal.room.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the content of stream entries, and describes entries in words. Pure. */
public final class EventText {
  private static final String MESSAGE = "m.room.message";
  private static final int LONGEST = 60;

  private EventText() {}

  /** Returns the members of an entry's content. */
  public static Map<String, Object> content(ClientEvent event) {
    return Json.object(event.content());
  }

  /** Returns the text of a message; empty if the entry has none. */
  public static Optional<String> body(ClientEvent event) {
    return event.type().equals(MESSAGE) && content(event).get("body") instanceof String body
        ? Optional.of(body)
        : Optional.empty();
  }

  /** Returns whether an entry is a message that was not redacted. */
  public static boolean isMessage(ClientEvent event) {
    return body(event).isPresent();
  }

  /** Returns the state key of a state event; empty for other entries. */
  public static Optional<String> stateKey(ClientEvent event) {
    return Json.object(event.json()).get("state_key") instanceof String key
        ? Optional.of(key)
        : Optional.empty();
  }

  /** Returns the users who are typing according to an entry. */
  public static List<String> typing(ClientEvent event) {
    List<String> users = new ArrayList<>();
    if (content(event).get("user_ids") instanceof List<?> ids) {
      ids.forEach(user -> users.add(String.valueOf(user)));
    }
    return users;
  }

  /** Returns a short description of an entry. */
  public static String summary(ClientEvent event) {
    Map<String, Object> content = content(event);
    return switch (event.type()) {
      case MESSAGE -> body(event).map(Json::quote).map(EventText::cut).orElse("a redacted message");
      case "m.room.member" ->
        stateKey(event).orElse("") + ": " + Json.textAt(content, "membership", "no membership");
      case "m.room.redaction" -> "redaction of " + Json.textAt(content, "redacts", "nothing");
      case "m.reaction" ->
        "reaction " + Json.quote(Json.textAt(Json.objectAt(content, "m.relates_to"), "key", ""));
      case "m.typing" -> "typing: " + typing(event);
      case "m.presence" ->
        Json.textAt(content, "user_id", "") + " is " + Json.textAt(content, "presence", "");
      case "m.receipt" -> "receipt " + cut(event.content().toString());
      default ->
        event.type() + stateKey(event).map(key -> " " + Json.quote(key)).orElse("");
    };
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
