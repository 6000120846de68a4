package io.github.matrixsync.homeserver.json;

import io.github.matrixsync.event.RawJson;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON text. Values are nested at most 1,000 levels deep. Strings, names and numbers may have any
 * length, also lone surrogates, which clients send. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonText {
  private static final int MOST_LEVELS = 1_000;
  private static final int ANY = Integer.MAX_VALUE;
  private static final long MOST_EXACT = (1L << 53) - 1;
  private static final int MOST_DIGITS = 17; // with the sign

  /** Checks the syntax only, without converting numbers or strings, however long they are. */
  private static final JsonFactory SYNTAX = JsonFactory.builder()
      .streamReadConstraints(constraints().maxNumberLength(ANY).build())
      .build();

  /** Reads and writes trees; numbers have a length that is fit to be converted. */
  private static final JsonFactory TREES = JsonFactory.builder()
      .streamReadConstraints(constraints().build())
      .streamWriteConstraints(
          StreamWriteConstraints.builder().maxNestingDepth(2 * MOST_LEVELS).build())
      .build();

  private static final RawJson EMPTY = RawJson.of("{}");

  private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");
  /** What the parser's messages have in place of the text. */
  private static final Pattern SOURCE = Pattern.compile("Source: [^;\\]]*; ");

  private static final Pattern LONG_NUMBER = Pattern.compile("-?[0-9][0-9.eE+-]{900,}");

  /**
   * A parsed object.
   *
   * @param tree its members; of members with the same name the last one
   * @param isExact false if lone surrogates or very long numbers of the text are replaced in the tree
   * @since 0.1.0
   */
  public record Reading(ObjectNode tree, boolean isExact) {}

  private JsonText() {}

  private static StreamReadConstraints.Builder constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(MOST_LEVELS)
        .maxNameLength(ANY)
        .maxStringLength(ANY);
  }

  /**
   * Parses one JSON value.
   *
   * @throws IllegalArgumentException if the text is anything else; the message has the line and the column
   */
  public static JsonNode parse(String text) {
    try (JsonParser parser = TREES.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw invalid("there is nothing", parser.currentTokenLocation());
      }
      JsonNode value = value(parser);
      if (parser.nextToken() != null) {
        throw invalid("there is more after the value", parser.currentTokenLocation());
      }
      return value;
    } catch (JacksonException e) {
      throw invalid(e.getOriginalMessage(), e.getLocation());
    }
  }

  /** Returns the error for a text; a limit that it exceeds has no place. */
  private static IllegalArgumentException invalid(String why, @Nullable TokenStreamLocation where) {
    String place = where == null
        ? ""
        : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
    String plain = SOURCE.matcher(why).replaceAll("");
    return new IllegalArgumentException("not JSON: " + plain + place);
  }

  private static JsonNode value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> ValueNode.of(parser.getString());
      case VALUE_TRUE -> ValueNode.of(true);
      case VALUE_FALSE -> ValueNode.of(false);
      case VALUE_NUMBER_INT -> ValueNode.of(parser.getNumberValue());
      case VALUE_NUMBER_FLOAT -> ValueNode.of(parser.getDecimalValue());
      default -> ValueNode.ofNull();
    };
  }

  private static ObjectNode object(JsonParser parser) {
    ObjectNode object = new ObjectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.set(name, value(parser));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) {
    ArrayNode array = new ArrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  /** Parses JSON that was checked to be an object. */
  public static Reading read(RawJson json) {
    String text = json.toString();
    try {
      return new Reading((ObjectNode) parse(text), true);
    } catch (IllegalArgumentException e) {
      String shorter = LONG_NUMBER.matcher(masked(text)).replaceAll("0");
      return new Reading((ObjectNode) parse(shorter), false);
    }
  }

  /**
   * Checks that a text is one JSON value.
   *
   * @return whether that is an object
   * @throws IllegalArgumentException if the text is anything else
   */
  public static boolean requireValue(String text) {
    try (JsonParser parser = syntax(text)) {
      JsonToken first = parser.nextToken();
      parser.skipChildren();
      if (first == null || parser.nextToken() != null) {
        throw invalid("not one value", parser.currentTokenLocation());
      }
      return first == JsonToken.START_OBJECT;
    } catch (JacksonException e) {
      throw invalid(e.getOriginalMessage(), e.getLocation());
    }
  }

  /**
   * Returns the first number that canonical JSON cannot have: one with a fraction or an exponent, or beyond 2^53 - 1;
   * empty if there is none.
   *
   * @param json JSON that was checked
   */
  public static Optional<String> firstInexact(RawJson json) {
    try (JsonParser parser = syntax(json.toString())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT
            || (token == JsonToken.VALUE_NUMBER_INT && !isExact(parser.getString()))) {
          return Optional.of(parser.getString());
        }
      }
      return Optional.empty();
    }
  }

  private static boolean isExact(String integer) {
    return integer.length() <= MOST_DIGITS && Math.abs(Long.parseLong(integer)) <= MOST_EXACT;
  }

  /** Returns a parser of a text whose offsets are those of the text. */
  private static JsonParser syntax(String text) {
    return SYNTAX.createParser(ObjectReadContext.empty(), masked(text));
  }

  /** Replaces lone surrogates, which the parser does not accept in a member's name. */
  private static String masked(String text) {
    return text.contains("\\u") ? SURROGATE.matcher(text).replaceAll("\\\\ufffd") : text;
  }

  /**
   * Returns one member of an object, byte for byte; an empty object if there is no such member.
   *
   * @param json an object that was checked
   */
  public static RawJson member(RawJson json, String name) {
    String text = json.toString();
    try (JsonParser parser = syntax(text)) {
      parser.nextToken();
      return member(parser, text, name);
    }
  }

  /**
   * Returns one member of each object of a list, byte for byte. Of members with the same name the last one counts, as
   * in a tree.
   *
   * @param json an object that was checked
   * @param list the name of its member that is a list
   * @param member the name of the member of each; for an element without it, an empty object
   */
  public static List<RawJson> members(RawJson json, String list, String member) {
    String text = json.toString();
    List<RawJson> members = List.of();
    try (JsonParser parser = syntax(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals(list);
        if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
          members = elements(parser, text, member);
        } else {
          parser.skipChildren();
        }
      }
    }
    return members;
  }

  private static List<RawJson> elements(JsonParser parser, String text, String member) {
    List<RawJson> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        elements.add(member(parser, text, member));
      } else {
        parser.skipChildren();
        elements.add(EMPTY);
      }
    }
    return elements;
  }

  private static RawJson member(JsonParser parser, String text, String name) {
    RawJson member = EMPTY;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = parser.currentName().equals(name);
      parser.nextToken();
      int start = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      int end = (int) parser.currentLocation().getCharOffset();
      member = wanted ? RawJson.of(text.substring(start, end)) : member;
    }
    return member;
  }

  /** Returns a value as JSON text. */
  static String write(JsonNode node) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = TREES.createGenerator(ObjectWriteContext.empty(), text)) {
      write(node, generator);
    }
    return text.toString();
  }

  private static void write(JsonNode node, JsonGenerator generator) {
    if (node instanceof ObjectNode object) {
      generator.writeStartObject();
      object.forEachEntry((name, value) -> {
        generator.writeName(name);
        write(value, generator);
      });
      generator.writeEndObject();
    } else if (node instanceof ArrayNode array) {
      generator.writeStartArray();
      array.forEach(element -> write(element, generator));
      generator.writeEndArray();
    } else if (node instanceof ValueNode value && !node.isMissingNode()) {
      write(value.value(), generator);
    }
  }

  private static void write(Object value, JsonGenerator generator) {
    if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Boolean is) {
      generator.writeBoolean(is);
    } else if (value instanceof Long number) {
      generator.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      generator.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      generator.writeNumber(number);
    } else if (value instanceof RawJson json) {
      generator.writeRawValue(json.toString());
    } else {
      generator.writeNull();
    }
  }
}
