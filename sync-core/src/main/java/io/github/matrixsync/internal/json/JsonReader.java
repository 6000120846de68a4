package io.github.matrixsync.internal.json;

import io.github.matrixsync.event.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Finds the members of JSON objects without parsing their values. Of duplicate names the last counts. Pure. */
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
      throw new InvalidJsonException("an event must be UTF-8, but is not at byte " + invalid);
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
    byte[] masked = hidden ? Surrogates.masked(bytes, from, to) : bytes;
    try (JsonParser parser =
        JSON.createParser(ObjectReadContext.empty(), masked, from, to - from)) {
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

  /** Returns the text of the JSON string in {@code [from, to)}. */
  static String text(byte[] bytes, int from, int to) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
      parser.nextToken();
      return parser.getString();
    }
  }

  private static InvalidJsonException broken(@Nullable TokenStreamLocation where) {
    String at = where == null ? "" : " at byte " + where.getByteOffset();
    return new InvalidJsonException(
        "an event must be one JSON object of at most " + MAX_DEPTH + " levels, but is not" + at);
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
