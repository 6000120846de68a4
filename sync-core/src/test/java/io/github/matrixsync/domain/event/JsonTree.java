package io.github.matrixsync.domain.event;

import io.github.matrixsync.event.RawJson;
import java.io.StringWriter;
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
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses JSON to maps, lists, strings, booleans, nulls and numbers, for comparison in tests. Keys keep their order. A
 * number is a long if that is written the same, else its text.
 */
public final class JsonTree {
  private static final int DEEP = 4_000;
  private static final int LONG = 1 << 30;

  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(DEEP)
          .maxStringLength(LONG)
          .maxNameLength(LONG)
          .maxNumberLength(LONG)
          .build())
      .build();

  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A number as its text. */
  record Numeral(String written) {}

  private JsonTree() {}

  public static Object number(String written) {
    try {
      long value = Long.parseLong(written);
      return Long.toString(value).equals(written) ? (Object) value : new Numeral(written);
    } catch (NumberFormatException e) {
      return new Numeral(written);
    }
  }

  /** Parses exactly one value; of duplicate keys the last counts. */
  public static @Nullable Object read(RawJson json) {
    return read(JSON, json.toByteArray());
  }

  private static @Nullable Object read(JsonFactory factory, byte[] json) {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
      Object value = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new AssertionError("more than one value");
      }
      return value;
    }
  }

  /** Parses exactly one object; a duplicate key is an error. */
  public static Map<String, @Nullable Object> object(byte[] json) {
    return asObject(read(STRICT, json));
  }

  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> asObject(@Nullable Object value) {
    return (Map<String, @Nullable Object>) value;
  }

  public static Map<String, @Nullable Object> object(RawJson json) {
    return asObject(read(json));
  }

  public static Map<String, @Nullable Object> object(String json) {
    return object(RawJson.of(json));
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

  /** Returns the keys of an object in order, with duplicates. */
  public static List<String> keys(RawJson json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json.toByteArray())) {
      List<String> keys = new ArrayList<>();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        keys.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      return keys;
    }
  }

  public static RawJson write(@Nullable Object tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(tree, generator);
    }
    return RawJson.of(text.toString());
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
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> number(parser.getString());
    };
  }

  private static void write(@Nullable Object tree, JsonGenerator generator) {
    if (tree instanceof Map<?, ?> object) {
      generator.writeStartObject();
      object.forEach((key, value) -> {
        generator.writeName((String) key);
        write(value, generator);
      });
      generator.writeEndObject();
    } else if (tree instanceof List<?> list) {
      generator.writeStartArray();
      list.forEach(value -> write(value, generator));
      generator.writeEndArray();
    } else if (tree instanceof Numeral number) {
      generator.writeNumber(number.written());
    } else if (tree instanceof Long number) {
      generator.writeNumber(number);
    } else if (tree instanceof String text) {
      generator.writeString(text);
    } else if (tree instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else {
      generator.writeNull();
    }
  }
}
