package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.event.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON as plain Java values: {@code Map} with its members in order, {@code List}, {@code String},
 * {@code Number}, {@code Boolean}, and {@link #NULL}. Pure.
 */
public final class Json {
  /** The JSON value {@code null}. */
  public static final Object NULL = new Object() {
    @Override
    public String toString() {
      return "null";
    }
  };

  private static final int MOST_LEVELS = 1_000;
  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
      .build();

  private Json() {}

  /** As {@link #object(String)}. */
  public static Map<String, Object> object(RawJson json) {
    return object(json.toString());
  }

  /**
   * Returns the members of a JSON object.
   *
   * @throws IllegalArgumentException if the text is not a JSON object; the message has the line and the column
   */
  public static Map<String, Object> object(String json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("the content must be a JSON object, got " + cut(json));
      }
      Map<String, Object> object = readObject(parser);
      if (parser.nextToken() != null) {
        throw invalid("there is more after the JSON object", parser.currentTokenLocation());
      }
      return object;
    } catch (JacksonException e) {
      throw invalid(e.getOriginalMessage(), e.getLocation());
    }
  }

  private static IllegalArgumentException invalid(String why, TokenStreamLocation where) {
    return new IllegalArgumentException("not JSON: " + why + " (line " + where.getLineNr()
        + ", column " + where.getColumnNr() + ")");
  }

  private static Map<String, Object> readObject(JsonParser parser) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, readValue(parser));
    }
    return members;
  }

  private static List<Object> readArray(JsonParser parser) {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(readValue(parser));
    }
    return elements;
  }

  private static Object readValue(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      default -> NULL;
    };
  }

  /** Returns a text as a JSON string. */
  public static String quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }

  /** Returns a value as JSON. */
  public static String write(Object value) {
    if (value instanceof Map<?, ?> members) {
      List<String> parts = new ArrayList<>();
      members.forEach(
          (name, member) -> parts.add(quote(String.valueOf(name)) + ":" + write(member)));
      return "{" + String.join(",", parts) + "}";
    }
    if (value instanceof List<?> elements) {
      List<String> parts = new ArrayList<>();
      elements.forEach(element -> parts.add(write(element)));
      return "[" + String.join(",", parts) + "]";
    }
    return value instanceof String text ? quote(text) : value.toString();
  }

  /** Returns a member that is an object; an empty map if there is no such member. */
  public static Map<?, ?> objectAt(Map<?, ?> members, String name) {
    return members.get(name) instanceof Map<?, ?> object ? object : Map.of();
  }

  /** Returns a member that is a string; {@code other} if there is no such member. */
  public static String textAt(Map<?, ?> members, String name, String other) {
    return members.get(name) instanceof String text ? text : other;
  }

  /** Returns a member that is a number; {@code other} if there is no such member. */
  public static long numberAt(Map<?, ?> members, String name, long other) {
    return members.get(name) instanceof Number number ? number.longValue() : other;
  }

  private static String cut(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }
}
