package io.github.matrixsync.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One JSON value as UTF-8 bytes, never parsed and never changed: number forms, key order, duplicate keys and escapes
 * stay as they came. The bytes are not checked to be valid JSON; readers must check. Immutable.
 *
 * @since 0.1.0
 */
public final class RawJson {
  private final byte[] bytes;

  private RawJson(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the JSON with these UTF-8 bytes, which are copied. */
  public static RawJson of(byte[] utf8) {
    Objects.requireNonNull(utf8, "bytes");
    return new RawJson(utf8.clone());
  }

  /** Returns the JSON with the {@code length} UTF-8 bytes from {@code offset}, which are copied. */
  public static RawJson of(byte[] utf8, int offset, int length) {
    Objects.requireNonNull(utf8, "bytes");
    return new RawJson(Arrays.copyOfRange(utf8, offset, offset + length));
  }

  /** Returns the JSON with this text. A lone surrogate, which UTF-8 cannot carry, becomes its JSON escape. */
  public static RawJson of(String text) {
    Objects.requireNonNull(text, "text");
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new RawJson(escapeLoneSurrogates(text).getBytes(StandardCharsets.UTF_8));
      }
    }
    return new RawJson(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Copies all bytes into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  /**
   * Writes all bytes.
   *
   * @throws IOException if {@code out} throws it
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson json && Arrays.equals(bytes, json.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns the JSON text. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String escapeLoneSurrogates(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        escaped.append(c).append(text.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
