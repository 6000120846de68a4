package io.github.matrixsync.rest;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses JSON to maps, lists, strings, longs, booleans and nulls. Keys keep their order; a duplicate key is an error.
 */
public final class Json {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /** Reads one object and nothing else. */
  public static Map<String, @Nullable Object> object(byte[] utf8) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), utf8)) {
      Map<String, @Nullable Object> object = asObject(value(parser, parser.nextToken()));
      if (parser.nextToken() != null) {
        throw new AssertionError("more than one value");
      }
      return object;
    }
  }

  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> asObject(@Nullable Object value) {
    return (Map<String, @Nullable Object>) value;
  }

  public static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> parent, String key) {
    return asObject(parent.get(key));
  }

  @SuppressWarnings("unchecked")
  public static List<Map<String, @Nullable Object>> objects(
      Map<String, @Nullable Object> parent, String key) {
    return (List<Map<String, @Nullable Object>>) parent.get(key);
  }

  static byte[] write(Map<String, @Nullable Object> object) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      write(object, generator);
    }
    return out.toByteArray();
  }

  private static void write(@Nullable Object value, JsonGenerator generator) {
    if (value instanceof Map<?, ?> object) {
      generator.writeStartObject();
      object.forEach((key, member) -> {
        generator.writeName((String) key);
        write(member, generator);
      });
      generator.writeEndObject();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Long number) {
      generator.writeNumber(number);
    } else if (value == null) {
      generator.writeNull();
    } else {
      throw new AssertionError("not needed so far: " + value.getClass());
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          object.put(parser.currentName(), value(parser, parser.nextToken()));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          list.add(value(parser, next));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new AssertionError("unexpected " + token);
    };
  }
}
