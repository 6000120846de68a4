package io.github.matrixsync.domain;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;

/** One member of a JSON object, as a place in the bytes of a text that has been read before: the value, and the key in front of it. Immutable. */
final class JsonField {
  private static final int MAX_LONG_DIGITS = 20;

  private final byte[] bytes;
  private final int key;
  private final int start;
  private final int end;

  /**
   * Keeps, does not copy, {@code bytes}.
   *
   * @param key where the key begins
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

  boolean isObject() {
    return bytes[start] == '{';
  }

  boolean isString() {
    return bytes[start] == '"';
  }

  boolean isNull() {
    return bytes[start] == 'n';
  }

  boolean isNumber() {
    return bytes[start] == '-' || (bytes[start] >= '0' && bytes[start] <= '9');
  }

  /** Returns the members of the value, which is an object. */
  Map<String, JsonField> fields() {
    return JsonReader.fields(bytes, start, end);
  }

  /** Returns what the value, which is a string, says. */
  String text() {
    for (int i = start + 1; i < end; i++) {
      if (bytes[i] == '\\') {
        return JsonReader.text(bytes, start, end);
      }
    }
    return new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8);
  }

  /** Returns the value if it is a number of 64 bits, written without fraction and exponent. */
  OptionalLong integer() {
    if (!isNumber() || end - start > MAX_LONG_DIGITS) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(written()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the value for an error message; objects and lists are only named. */
  String shown() {
    if (isString()) {
      return InvalidEventException.quoted(text());
    }
    return isNumber() ? InvalidEventException.quoted(written()) : kind();
  }

  /** Returns what kind of value it is, for an error message that must not show it. */
  String kind() {
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
