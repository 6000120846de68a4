package io.github.matrixsync.domain;

import io.github.matrixsync.event.RawJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Collects the bytes of an event, and where in them an age belongs. Commas come by themselves: a key that does not follow its object's brace follows a value, and so does a list's element.
 *
 * <p>Confined to one thread.
 */
final class EventBuffer {
  private byte[] bytes;
  private int length;
  private int[] ageOffsets = new int[2];
  private long[] ageSince = new long[2];
  private int ages;

  EventBuffer(int expected) {
    bytes = new byte[Math.max(expected, 64)];
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  int[] ageOffsets() {
    return Arrays.copyOf(ageOffsets, ages);
  }

  long[] ageSince() {
    return Arrays.copyOf(ageSince, ages);
  }

  EventBuffer open() {
    return put('{');
  }

  EventBuffer close() {
    return put('}');
  }

  void openList() {
    put('[');
  }

  EventBuffer closeList() {
    return put(']');
  }

  EventBuffer key(String name) {
    return separate('{').text(name).put(':');
  }

  void element(String text) {
    separate('[').text(text);
  }

  /** Begins the next element of a list, which is an object or a list itself. */
  EventBuffer element() {
    return separate('[');
  }

  /** Adds key and value as they are. */
  void field(JsonField field) {
    separate('{').slice(field.bytes(), field.key(), field.end());
  }

  /** Adds the value, without the key, as it is. */
  void value(JsonField field) {
    slice(field.bytes(), field.start(), field.end());
  }

  /** Adds a value as it is. */
  EventBuffer value(RawJson json) {
    reserve(json.length());
    json.copyTo(bytes, length);
    length += json.length();
    return this;
  }

  EventBuffer number(long value) {
    return ascii(Long.toString(value));
  }

  /** Leaves a place for the milliseconds since {@code since}. */
  void age(Instant since) {
    if (ages == ageOffsets.length) {
      ageOffsets = Arrays.copyOf(ageOffsets, ages * 2);
      ageSince = Arrays.copyOf(ageSince, ages * 2);
    }
    ageOffsets[ages] = length;
    ageSince[ages++] = Ages.millis(since);
  }

  /** Adds a string. A lone surrogate, which UTF-8 cannot carry, becomes its JSON escape. */
  EventBuffer text(String text) {
    put('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        utf8(text.substring(plain, i)).escape(c);
        plain = i + 1;
      }
    }
    return utf8(text.substring(plain)).put('"');
  }

  private void escape(char c) {
    if (c == '"' || c == '\\') {
      put('\\').put(c);
    } else {
      ascii("\\u").ascii(Integer.toHexString(0x10000 | c).substring(1));
    }
  }

  private EventBuffer separate(char opening) {
    return bytes[length - 1] == opening ? this : put(',');
  }

  private EventBuffer utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return slice(encoded, 0, encoded.length);
  }

  private EventBuffer ascii(String text) {
    return utf8(text);
  }

  private EventBuffer slice(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  private EventBuffer put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
