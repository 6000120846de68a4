package io.github.matrixsync.examples.homeserver.body;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Parses and writes JSON bodies. */
public final class Json {
  private static final int MOST_LEVELS = 1_000;
  private static final int ANY = Integer.MAX_VALUE;

  /** Checks the syntax only, without converting numbers or strings, however long they are. */
  private static final JsonFactory SYNTAX = JsonFactory.builder()
      .streamReadConstraints(constraints().maxNumberLength(ANY).build())
      .build();

  /** Makes trees in which numbers keep their precision. */
  private static final JsonMapper MAPPER = JsonMapper.builder(
          JsonFactory.builder().streamReadConstraints(constraints().build()).build())
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .build();

  private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?[0-9][0-9.eE+-]{900,}");

  /**
   * A parsed object.
   *
   * @param tree its members
   * @param isExact false if lone surrogates or very long numbers of the text are replaced in the tree
   */
  public record Reading(ObjectNode tree, boolean isExact) {}

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** Returns the entries as one array. */
  public static ArrayNode events(List<ClientEvent> events) {
    ArrayNode array = array();
    events.forEach(event -> array.addRawValue(new RawValue(event.json().toString())));
    return array;
  }

  public static RawJson write(JsonNode node) {
    return RawJson.of(MAPPER.writeValueAsString(node));
  }

  /** Parses a request's body; an empty body and {@code null} are an empty object. */
  public static Content body(byte[] bytes) {
    String text = text(bytes);
    if (text.isBlank()) {
      return Content.EMPTY;
    }
    return switch (kind(text)) {
      case START_OBJECT -> new Content(RawJson.of(text.strip()));
      case VALUE_NULL -> Content.EMPTY;
      default -> throw ApiError.badJson("the body must be a JSON object");
    };
  }

  /** Parses JSON that was checked to be an object. */
  public static Reading read(RawJson json) {
    String text = json.toString();
    try {
      return new Reading((ObjectNode) MAPPER.readTree(text), true);
    } catch (JacksonException e) {
      String shorter = LONG_NUMBER.matcher(masked(text)).replaceAll("0");
      return new Reading((ObjectNode) MAPPER.readTree(shorter), false);
    }
  }

  /** Returns a parser of a checked text whose offsets are those of the text. */
  public static JsonParser parser(String text) {
    return SYNTAX.createParser(ObjectReadContext.empty(), masked(text));
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiError.notJson("the body is not UTF-8");
    }
  }

  /** Checks that a text is one JSON value, and returns its first token. */
  private static JsonToken kind(String text) {
    try (JsonParser parser = parser(text)) {
      JsonToken first = parser.nextToken();
      parser.skipChildren();
      if (parser.nextToken() == null) {
        return first;
      }
    } catch (JacksonException e) {
      throw ApiError.notJson("the body is not JSON");
    }
    throw ApiError.notJson("the body is more than one JSON value");
  }

  /** Replaces lone surrogates, which the parser does not accept in a member's name. */
  private static String masked(String text) {
    return text.contains("\\u") ? SURROGATE.matcher(text).replaceAll("\\\\ufffd") : text;
  }

  private static StreamReadConstraints.Builder constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(MOST_LEVELS)
        .maxNameLength(ANY)
        .maxStringLength(ANY);
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
    return value.asBoolean();
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
