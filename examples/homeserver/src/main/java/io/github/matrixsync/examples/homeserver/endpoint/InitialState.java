package io.github.matrixsync.examples.homeserver.endpoint;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.examples.homeserver.body.ApiError;
import io.github.matrixsync.examples.homeserver.body.Content;
import io.github.matrixsync.examples.homeserver.body.Json;
import io.github.matrixsync.examples.homeserver.room.Draft;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

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
    Iterator<Content> contents = contents(body.json().toString()).iterator();
    return entries.stream().map(entry -> draft(entry, contents.next())).toList();
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

  /** Returns the contents as they are in the text; of duplicate members the last counts, as in the tree. */
  private static List<Content> contents(String text) {
    List<Content> contents = List.of();
    try (JsonParser parser = Json.parser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals(KEY);
        if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
          contents = elements(parser, text);
        } else {
          parser.skipChildren();
        }
      }
    }
    return contents;
  }

  private static List<Content> elements(JsonParser parser, String text) {
    List<Content> contents = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Content content = Content.EMPTY;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals(CONTENT);
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        content = wanted ? new Content(RawJson.of(text.substring(start, end))) : content;
      }
      contents.add(content);
    }
    return contents;
  }
}
