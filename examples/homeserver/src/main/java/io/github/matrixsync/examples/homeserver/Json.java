package io.github.matrixsync.examples.homeserver;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON bodies. */
final class Json {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Reads a request's body: nothing, and {@code null}, are an empty object. */
  static ObjectNode body(byte[] bytes) {
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      return object();
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw ApiError.of(400, "M_NOT_JSON", "the body is not JSON");
    }
    if (node.isNull() || node.isMissingNode()) {
      return object();
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badJson("the body must be a JSON object");
  }

  /** Returns a string that a body must have. */
  static String string(JsonNode body, String key) {
    JsonNode value = body.path(key);
    if (!value.isString()) {
      throw ApiError.badJson("'" + key + "' must be a string");
    }
    return value.asString();
  }
}
