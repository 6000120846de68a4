package io.github.matrixsync.internal.json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One member of a JSON object, key and value, or a value alone, as offsets in the bytes of the parsed text. Immutable.
 */
public final class JsonField {
  private static final int MAX_LONG_DIGITS = 20;

  /** More than any number of 64 bits takes with its exponent and a fraction that some double has. */
  private static final int MAX_LOOSE_LENGTH = 64;

  /** The characters of a value that an error message shows. */
  private static final int SHOWN = 64;

  private final byte[] bytes;
  private final int key;
  private final int start;
  private final int end;

  /**
   * Makes a field that refers to {@code bytes} without a copy.
   *
   * @param key where the key begins; of a value without one {@code start}
   * @param start where the value begins
   * @param end behind the value
   */
  JsonField(byte[] bytes, int key, int start, int end) {
    this.bytes = bytes;
    this.key = key;
    this.start = start;
    this.end = end;
  }

  byte[] bytes() {
    return bytes;
  }

  int key() {
    return key;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  public boolean isObject() {
    return bytes[start] == '{';
  }

  public boolean isString() {
    return bytes[start] == '"';
  }

  public boolean isNull() {
    return bytes[start] == 'n';
  }

  /** Returns whether the value is a list. */
  public boolean isList() {
    return bytes[start] == '[';
  }

  /** Returns whether the value is {@code true} or {@code false}. */
  public boolean isBoolean() {
    return bytes[start] == 't' || bytes[start] == 'f';
  }

  /** Returns the value, which must be a boolean. */
  public boolean isTrue() {
    return bytes[start] == 't';
  }

  boolean isNumber() {
    return bytes[start] == '-' || (bytes[start] >= '0' && bytes[start] <= '9');
  }

  /** Returns the members of the value, which must be an object. */
  public Map<String, JsonField> fields() {
    return JsonReader.fields(bytes, start, end);
  }

  /** Returns the elements of the value, which must be a list; they have no keys. */
  public List<JsonField> elements() {
    return JsonReader.elements(bytes, start, end);
  }

  /** Returns the text of the value, which must be a string. */
  public String text() {
    for (int i = start + 1; i < end; i++) {
      if (bytes[i] == '\\') {
        return JsonReader.text(bytes, start, end);
      }
    }
    return new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8);
  }

  /** Returns the value if it is a number of 64 bits, written without fraction and exponent. */
  public OptionalLong integer() {
    if (!isNumber() || end - start > MAX_LONG_DIGITS) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(written()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns the whole part of a number, or of a string with a number, if it fits into 64 bits. Source: rooms up to
   * version 5, whose servers read these with Python's {@code int()}.
   */
  public OptionalLong looseInteger() {
    if (!(isNumber() || isString()) || end - start > MAX_LOOSE_LENGTH) {
      return OptionalLong.empty();
    }
    try {
      BigDecimal value = new BigDecimal(isString() ? text() : written());
      long wholeDigits = (long) value.precision() - value.scale();
      if (value.signum() == 0 || wholeDigits <= 0) {
        return OptionalLong.of(0);
      }
      return wholeDigits > MAX_LONG_DIGITS
          ? OptionalLong.empty()
          : OptionalLong.of(value.setScale(0, RoundingMode.DOWN).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the value for an error message; only the kind of objects and lists. */
  public String shown() {
    if (isString()) {
      return quoted(text());
    }
    return isNumber() ? quoted(written()) : kind();
  }

  private static String quoted(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
  }

  /** Returns the kind of the value, for an error message without the value. */
  public String kind() {
    return switch (bytes[start]) {
      case '{' -> "an object";
      case '[' -> "a list";
      case '"' -> "a string";
      case 't', 'f' -> "a boolean";
      case 'n' -> "null";
      default -> "a number";
    };
  }

  private String written() {
    return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
  }
}
