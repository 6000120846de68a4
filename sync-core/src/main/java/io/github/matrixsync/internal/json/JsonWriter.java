package io.github.matrixsync.internal.json;

import io.github.matrixsync.event.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes JSON as UTF-8, with gaps for values that are only known when the bytes are sent, such as ages. Commas are
 * added where they belong. Confined to one thread.
 *
 * @param <G> the type of the value that fills a gap
 */
public final class JsonWriter<G> {
  private byte[] bytes;
  private int length;
  private boolean afterValue;
  private final List<Gap<G>> gaps = new ArrayList<>(2);

  /** Makes a writer with room for about {@code expected} bytes. */
  public JsonWriter(int expected) {
    bytes = new byte[Math.max(expected, 64)];
  }

  /**
   * A gap for a value.
   *
   * @param offset the number of written bytes before it
   * @param filling the value that fills it
   */
  public record Gap<G>(int offset, G filling) {}

  /** Returns the number of bytes written so far, gaps not counted. */
  public int length() {
    return length;
  }

  /** Returns a copy of the bytes written so far. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Returns the gaps in the order of their offsets. */
  public List<Gap<G>> gaps() {
    return List.copyOf(gaps);
  }

  /** Begins an object. */
  public JsonWriter<G> open() {
    return opening('{');
  }

  /** Ends an object. */
  public JsonWriter<G> close() {
    return closing('}');
  }

  /** Begins a list. */
  public JsonWriter<G> openList() {
    return opening('[');
  }

  /** Ends a list. */
  public JsonWriter<G> closeList() {
    return closing(']');
  }

  /** Begins the next element of a list, so that {@link #length()} is where it begins. */
  public JsonWriter<G> element() {
    if (afterValue) {
      put(',');
    }
    afterValue = false;
    return this;
  }

  /** Writes the key of the value that comes next. */
  public JsonWriter<G> key(String name) {
    text(name).put(':');
    afterValue = false;
    return this;
  }

  /** Writes a string. A lone surrogate, which UTF-8 cannot carry, becomes its JSON escape. */
  public JsonWriter<G> text(String text) {
    beginValue().put('"');
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

  /** Writes a number. */
  public JsonWriter<G> number(long value) {
    return beginValue().utf8(Long.toString(value));
  }

  /** Writes {@code true} or {@code false}. */
  public JsonWriter<G> flag(boolean value) {
    return beginValue().utf8(Boolean.toString(value));
  }

  /** Writes a value as it is. */
  public JsonWriter<G> value(RawJson json) {
    beginValue().reserve(json.length());
    json.copyTo(bytes, length);
    length += json.length();
    return this;
  }

  /** Leaves a gap for a value. */
  public JsonWriter<G> gap(G filling) {
    beginValue();
    gaps.add(new Gap<>(length, filling));
    return this;
  }

  /** Writes a member, key and value, as it is. */
  public void field(JsonField field) {
    beginValue().slice(field.bytes(), field.key(), field.end());
  }

  /** Writes the value of a member as it is. */
  public void value(JsonField field) {
    beginValue().slice(field.bytes(), field.start(), field.end());
  }

  private JsonWriter<G> opening(char bracket) {
    beginValue().put(bracket);
    afterValue = false;
    return this;
  }

  private JsonWriter<G> closing(char bracket) {
    afterValue = true;
    return put(bracket);
  }

  private JsonWriter<G> beginValue() {
    element();
    afterValue = true;
    return this;
  }

  private void escape(char c) {
    if (c == '"' || c == '\\') {
      put('\\').put(c);
    } else {
      utf8("\\u").utf8(Integer.toHexString(0x10000 | c).substring(1));
    }
  }

  private JsonWriter<G> utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return slice(encoded, 0, encoded.length);
  }

  private JsonWriter<G> slice(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  private JsonWriter<G> put(char ascii) {
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
