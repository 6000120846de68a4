package io.github.matrixsync.homeserver.body;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.JsonText;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Parses and writes JSON bodies, and reads what requests have in them.
 *
 * @since 0.1.0
 */
public final class Json {
  private Json() {}

  public static ObjectNode object() {
    return new ObjectNode();
  }

  public static ArrayNode array() {
    return new ArrayNode();
  }

  /** Returns the entries as one array. */
  public static ArrayNode events(List<ClientEvent> events) {
    ArrayNode array = array();
    events.forEach(event -> array.addRaw(event.json()));
    return array;
  }

  public static RawJson write(JsonNode node) {
    return RawJson.of(node.toString());
  }

  /** Parses a request's body; an empty body and {@code null} are an empty object. */
  public static Content body(byte[] bytes) {
    String text = text(bytes);
    if (text.isBlank()) {
      return Content.EMPTY;
    }
    if (isObject(text)) {
      return new Content(RawJson.of(text.strip()));
    }
    if (text.strip().equals("null")) {
      return Content.EMPTY;
    }
    throw ApiError.badJson("the body must be a JSON object");
  }

  /** Parses JSON that was checked to be an object. */
  public static ObjectNode read(RawJson json) {
    return JsonText.read(json).tree();
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiError.notJson("the body is not UTF-8");
    }
  }

  private static boolean isObject(String text) {
    try {
      return JsonText.requireValue(text);
    } catch (IllegalArgumentException e) {
      throw ApiError.notJson("the body is not JSON");
    }
  }

  /** Returns a required string of a body. */
  public static String string(JsonNode body, String key) {
    return optionalString(body, key)
        .orElseThrow(() -> ApiError.of(400, "M_MISSING_PARAM", "'" + key + "' is missing"));
  }

  /** Returns an optional string of a body; null counts as absent. */
  public static Optional<String> optionalString(JsonNode body, String key) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw ApiError.badJson("'" + key + "' must be a string");
    }
    return Optional.of(value.asString());
  }

  /** Returns an optional boolean of a body; absent and null count as false. */
  public static boolean flag(JsonNode body, String key) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw ApiError.badJson("'" + key + "' must be true or false");
    }
    return value.asBoolean(false);
  }

  /** Returns an optional object of a body; absent and null count as an empty one. */
  public static ObjectNode optionalObject(JsonNode body, String key) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return object();
    }
    if (!(value instanceof ObjectNode object)) {
      throw ApiError.badJson("'" + key + "' must be an object");
    }
    return object;
  }

  /** Returns the strings of an optional list of a body. */
  public static List<String> strings(JsonNode body, String key) {
    return list(body, key).valueStream().map(value -> element(value, key)).toList();
  }

  /** Returns an optional list of a body. */
  public static JsonNode list(JsonNode body, String key) {
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
