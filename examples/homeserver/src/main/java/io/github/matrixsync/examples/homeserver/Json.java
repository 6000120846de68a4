package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.event.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** JSON bodies and their members. */
final class Json {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** Returns the entries as one array. */
  static ArrayNode events(List<ClientEvent> events) {
    ArrayNode array = array();
    events.forEach(event -> array.addRawValue(new RawValue(event.json().toString())));
    return array;
  }

  static RawJson write(JsonNode node) {
    return RawJson.of(MAPPER.writeValueAsString(node));
  }

  /** Reads a request's body: nothing, and {@code null}, are an empty object. */
  static Content body(byte[] bytes) {
    String text = text(bytes);
    if (text.isBlank()) {
      return Content.EMPTY;
    }
    JsonNode node = parse(text);
    if (node instanceof ObjectNode object) {
      return new Content(RawJson.of(text.strip()), object);
    }
    if (node.isNull()) {
      return Content.EMPTY;
    }
    throw ApiError.badJson("the body must be a JSON object");
  }

  /** Reads what a server made itself. */
  static ObjectNode read(RawJson json) {
    return (ObjectNode) parse(json.toString());
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiError.notJson("the body is not UTF-8");
    }
  }

  /** The parser takes no lone surrogate in a member's name: for looking at, any other character does. */
  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException plain) {
      try {
        return MAPPER.readTree(SURROGATE.matcher(text).replaceAll("\\\\ufffd"));
      } catch (JacksonException e) {
        throw ApiError.notJson("the body is not JSON");
      }
    }
  }

  /** Returns a string that a body must have. */
  static String string(JsonNode body, String key) {
    return optionalString(body, key)
        .orElseThrow(() -> ApiError.of(400, "M_MISSING_PARAM", "'" + key + "' is missing"));
  }

  /** Returns a string that a body may have; null is as good as none. */
  static Optional<String> optionalString(JsonNode body, String key) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw ApiError.badJson("'" + key + "' must be a string");
    }
    return Optional.of(value.asString());
  }

  /** Returns the strings of a list that a body may have. */
  static List<String> strings(JsonNode body, String key) {
    return list(body, key).valueStream().map(value -> element(value, key)).toList();
  }

  /** Returns a list that a body may have. */
  static JsonNode list(JsonNode body, String key) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return array();
    }
    if (!value.isArray()) {
      throw ApiError.badJson("'" + key + "' must be a list");
    }
    return value;
  }

  private static String element(JsonNode value, String key) {
    if (!value.isString()) {
      throw ApiError.badJson("'" + key + "' must be a list of strings");
    }
    return value.asString();
  }
}
