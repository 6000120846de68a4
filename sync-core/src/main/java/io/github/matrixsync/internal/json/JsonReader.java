package io.github.matrixsync.internal.json;

import io.github.matrixsync.event.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds the members of JSON objects and the elements of lists without parsing their values. Of duplicate names the last
 * counts. Pure.
 */
public final class JsonReader {
  /** The maximum length of an event's JSON; events normally have at most 64 KiB. */
  private static final int MAX_LENGTH = 64 << 20;

  private static final int MAX_DEPTH = 1_000;

  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNameLength(MAX_LENGTH)
          .maxStringLength(MAX_LENGTH)
          .maxNumberLength(MAX_LENGTH)
          .build())
      .build();

  private JsonReader() {}

  /**
   * Returns the members of {@code json}, which must be one JSON object and nothing else.
   *
   * @throws InvalidJsonException if it is not, or is longer than 64 MiB or deeper than 1,000 levels
   */
  public static Map<String, JsonField> fields(RawJson json) {
    if (json.length() > MAX_LENGTH) {
      throw new InvalidJsonException(
          "an event must have at most " + MAX_LENGTH + " bytes, got " + json.length());
    }
    byte[] bytes = json.toByteArray();
    int invalid = Utf8.invalidAt(bytes);
    if (invalid >= 0) {
      throw new InvalidJsonException(
          "an event must be UTF-8 without NUL, but is not at byte " + invalid);
    }
    // The parser would take other encodings and a byte order mark as well.
    int first = 0;
    while (first < bytes.length && isBlank(bytes[first])) {
      first++;
    }
    if (first == bytes.length || bytes[first] != '{') {
      throw new InvalidJsonException(
          "an event must be a JSON object, but byte " + first + " begins none");
    }
    return fields(bytes, 0, bytes.length);
  }

  /** Returns the members of the object in {@code [from, to)}, which is valid UTF-8. */
  public static Map<String, JsonField> fields(byte[] bytes, int from, int to) {
    boolean hidden = Surrogates.any(bytes, from, to);
    try (JsonParser parser = parser(bytes, from, to)) {
      Map<String, JsonField> fields = new LinkedHashMap<>();
      parser.nextToken();
      JsonToken token = parser.nextToken();
      while (token == JsonToken.PROPERTY_NAME) {
        int key = tokenStart(parser, from);
        String name = hidden ? text(bytes, key, to) : parser.currentName();
        parser.nextToken();
        int start = tokenStart(parser, from);
        parser.skipChildren();
        token = parser.nextToken();
        int end = endBefore(tokenStart(parser, from), bytes);
        fields.put(name, new JsonField(bytes, key, start, end));
      }
      if (parser.nextToken() != null) {
        throw broken(parser.currentTokenLocation());
      }
      return fields;
    } catch (JacksonException e) {
      // Neither its message nor the exception itself may go on: they quote the text.
      throw broken(e.getLocation());
    }
  }

  /**
   * Returns the one value that {@code json} has, of whichever kind.
   *
   * @throws InvalidJsonException if it is not one JSON value in UTF-8, or is deeper than 1,000 levels
   */
  public static JsonField value(RawJson json) {
    byte[] bytes = json.toByteArray();
    int invalid = Utf8.invalidAt(bytes);
    if (invalid >= 0) {
      throw new InvalidJsonException("must be UTF-8 without NUL, but is not at byte " + invalid);
    }
    int start = 0;
    int end = bytes.length;
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    // The parser would take a byte order mark as well.
    if (start == end || bytes[start] < 0) {
      throw new InvalidJsonException("must be one JSON value, but begins with none");
    }
    try (JsonParser parser = parser(bytes, start, end)) {
      parser.nextToken();
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new InvalidJsonException("must be one JSON value, but has more than one");
      }
      return new JsonField(bytes, start, start, end);
    } catch (JacksonException e) {
      throw new InvalidJsonException("must be one JSON value of at most " + MAX_DEPTH
          + " levels, but is not" + at(e.getLocation()));
    }
  }

  /** Returns the elements of the list in {@code [from, to)}, which is valid JSON. */
  static List<JsonField> elements(byte[] bytes, int from, int to) {
    try (JsonParser parser = parser(bytes, from, to)) {
      List<JsonField> elements = new ArrayList<>();
      parser.nextToken();
      JsonToken token = parser.nextToken();
      while (token != JsonToken.END_ARRAY) {
        int start = tokenStart(parser, from);
        parser.skipChildren();
        token = parser.nextToken();
        elements.add(
            new JsonField(bytes, start, start, endBefore(tokenStart(parser, from), bytes)));
      }
      return elements;
    }
  }

  /** Returns a parser to which lone surrogates are hidden. */
  private static JsonParser parser(byte[] bytes, int from, int to) {
    byte[] masked = Surrogates.any(bytes, from, to) ? Surrogates.masked(bytes, from, to) : bytes;
    return JSON.createParser(ObjectReadContext.empty(), masked, from, to - from);
  }

  /** Returns the text of the JSON string in {@code [from, to)}. */
  static String text(byte[] bytes, int from, int to) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
      parser.nextToken();
      return parser.getString();
    }
  }

  private static InvalidJsonException broken(@Nullable TokenStreamLocation where) {
    return new InvalidJsonException("an event must be one JSON object of at most " + MAX_DEPTH
        + " levels, but is not" + at(where));
  }

  private static String at(@Nullable TokenStreamLocation where) {
    return where == null ? "" : " at byte " + where.getByteOffset();
  }

  private static int tokenStart(JsonParser parser, int from) {
    return from + (int) parser.currentTokenLocation().getByteOffset();
  }

  /**
   * Returns the end of a value from the start of the next token: between them are only blanks and at most one comma.
   */
  private static int endBefore(int next, byte[] bytes) {
    int end = next;
    while (isBlank(bytes[end - 1]) || bytes[end - 1] == ',') {
      end--;
    }
    return end;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
