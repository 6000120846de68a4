package io.github.matrixsync.store.postgres.internal.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Any text as bytes, one form for each text. A column of type {@code text} takes no U+0000, and the driver replaces a
 * lone surrogate; both can come from a JSON escape. Text is UTF-8, or the byte FF, which begins no UTF-8, and UTF-16 if
 * it has a lone surrogate. Pure.
 */
public final class TextCodec {
  private static final byte UTF_16 = (byte) 0xFF;

  private TextCodec() {}

  /** Returns the bytes of a text; null for null. */
  public static byte @Nullable [] encodeNullable(@Nullable String text) {
    return text == null ? null : encode(text);
  }

  /** Returns the bytes of a text. */
  public static byte[] encode(String text) {
    if (!hasLoneSurrogate(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[1 + 2 * text.length()];
    bytes[0] = UTF_16;
    for (int i = 0; i < text.length(); i++) {
      bytes[1 + 2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 + 2 * i] = (byte) text.charAt(i);
    }
    return bytes;
  }

  /** Returns the text that {@link #encode} made these bytes from; null for null. */
  public static @Nullable String decodeNullable(byte @Nullable [] bytes) {
    return bytes == null ? null : decode(bytes);
  }

  /** Returns the text that {@link #encode} made these bytes from. */
  public static String decode(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != UTF_16) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(bytes.length / 2);
    for (int i = 1; i + 1 < bytes.length; i += 2) {
      text.append((char) (((bytes[i] & 0xFF) << 8) | (bytes[i + 1] & 0xFF)));
    }
    return text.toString();
  }

  /** Returns the SHA-256 of some texts, each with its length before it. An index entry is too short for the texts. */
  public static byte[] digest(String... texts) {
    MessageDigest sha = sha256();
    for (String text : texts) {
      byte[] bytes = encode(text);
      sha.update(new byte[] {
        (byte) (bytes.length >> 24),
        (byte) (bytes.length >> 16),
        (byte) (bytes.length >> 8),
        (byte) bytes.length
      });
      sha.update(bytes);
    }
    return sha.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
