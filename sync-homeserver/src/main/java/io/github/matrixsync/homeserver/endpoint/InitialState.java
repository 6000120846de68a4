package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.JsonText;
import io.github.matrixsync.homeserver.room.Draft;
import java.util.Iterator;
import java.util.List;

/** The state events of {@code initial_state} in {@code POST /createRoom}, with contents byte for byte. Pure. */
final class InitialState {
  private static final String KEY = "initial_state";
  private static final String CONTENT = "content";

  private InitialState() {}

  /** Returns the drafts in the request's order. */
  static List<Draft> drafts(Content body) {
    List<JsonNode> entries = Json.list(body.tree(), KEY).valueStream().toList();
    entries.forEach(InitialState::requireContent);
    if (entries.isEmpty()) {
      return List.of();
    }
    Iterator<RawJson> contents = JsonText.members(body.json(), KEY, CONTENT).iterator();
    return entries.stream()
        .map(entry -> draft(entry, new Content(contents.next())))
        .toList();
  }

  private static void requireContent(JsonNode entry) {
    requireType(entry);
    if (!entry.path(CONTENT).isObject()) {
      throw ApiError.badJson("'content' of an initial state must be an object");
    }
  }

  private static String requireType(JsonNode entry) {
    String type = Json.string(entry, "type");
    if (type.isEmpty()) {
      throw ApiError.badParameter("an event has a type");
    }
    return type;
  }

  private static Draft draft(JsonNode entry, Content content) {
    String key = Json.optionalString(entry, "state_key").orElse("");
    return Draft.state(requireType(entry), key, content);
  }
}
