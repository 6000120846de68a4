package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import java.util.List;
import java.util.Optional;

/** Reads the content of stream entries, and describes entries in words. Pure. */
public final class EventText {
  private static final String MESSAGE = "m.room.message";
  private static final String RELATION = "m.relates_to";
  private static final int LONGEST = 60;

  private EventText() {}

  /** Returns the members of an entry's content. */
  public static JsonNode content(ClientEvent event) {
    return Json.read(event.content());
  }

  /** Returns the text of a message; empty if the entry has none. */
  public static Optional<String> body(ClientEvent event) {
    return event.type().equals(MESSAGE) ? string(content(event).path("body")) : Optional.empty();
  }

  /** Returns whether an entry is a message that was not redacted. */
  public static boolean isMessage(ClientEvent event) {
    return body(event).isPresent();
  }

  /** Returns the state key of a state event; empty for other entries. */
  public static Optional<String> stateKey(ClientEvent event) {
    return string(Json.read(event.json()).path("state_key"));
  }

  private static Optional<String> string(JsonNode value) {
    return Optional.of(value).filter(JsonNode::isString).map(JsonNode::asString);
  }

  /** Returns the users who are typing according to an entry. */
  public static List<String> typing(ClientEvent event) {
    return content(event).path("user_ids").valueStream().map(JsonNode::asString).toList();
  }

  /** Returns a short description of an entry; long texts are cut. */
  public static String summary(ClientEvent event) {
    return description(event, LONGEST);
  }

  /** Returns a description of an entry with the whole text. */
  public static String whole(ClientEvent event) {
    return description(event, Integer.MAX_VALUE);
  }

  private static String description(ClientEvent event, int longest) {
    JsonNode content = content(event);
    return switch (event.type()) {
      case MESSAGE ->
        body(event).map(body -> message(content, body, longest)).orElse("a redacted message");
      case "m.room.member" ->
        stateKey(event).orElse("") + ": " + content.path("membership").asString("no membership");
      case "m.room.redaction" -> "redaction of " + content.path("redacts").asString("nothing");
      case "m.reaction" ->
        "reaction " + Contents.quote(content.path(RELATION).path("key").asString());
      case "m.typing" -> "typing: " + typing(event);
      case "m.presence" ->
        content.path("user_id").asString() + " is " + content.path("presence").asString();
      case "m.receipt" -> "receipt " + Contents.cut(event.content().toString(), longest);
      default ->
        event.type() + stateKey(event).map(key -> " " + Contents.quote(key)).orElse("");
    };
  }

  /** Describes a message: what it edits or replies to, or its kind if it is no plain text; and its text. */
  private static String message(JsonNode content, String body, int longest) {
    JsonNode relation = content.path(RELATION);
    String kind = content.path("msgtype").asString("").replaceFirst("^m\\.", "");
    String text = body;
    String what = kind.equals("text") || kind.isEmpty() ? "" : kind + " ";
    if (relation.path("rel_type").asString("").equals("m.replace")) {
      what = "edit of " + relation.path("event_id").asString("") + " ";
      text = content.path("m.new_content").path("body").asString(body);
    } else if (relation.path("m.in_reply_to").isObject()) {
      what += "reply to " + relation.path("m.in_reply_to").path("event_id").asString("") + " ";
    }
    return what + Contents.quote(Contents.cut(text, longest));
  }
}
