package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import java.util.List;
import java.util.Optional;

/** Reads the content of stream entries, and describes entries in words. Pure. */
public final class EventText {
  private static final String MESSAGE = "m.room.message";
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

  /** Returns a short description of an entry. */
  public static String summary(ClientEvent event) {
    JsonNode content = content(event);
    return switch (event.type()) {
      case MESSAGE ->
        body(event).map(Contents::quote).map(EventText::cut).orElse("a redacted message");
      case "m.room.member" ->
        stateKey(event).orElse("") + ": " + content.path("membership").asString("no membership");
      case "m.room.redaction" -> "redaction of " + content.path("redacts").asString("nothing");
      case "m.reaction" ->
        "reaction " + Contents.quote(content.path("m.relates_to").path("key").asString());
      case "m.typing" -> "typing: " + typing(event);
      case "m.presence" ->
        content.path("user_id").asString() + " is " + content.path("presence").asString();
      case "m.receipt" -> "receipt " + cut(event.content().toString());
      default ->
        event.type() + stateKey(event).map(key -> " " + Contents.quote(key)).orElse("");
    };
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
