package io.github.matrixsync.internal.json;

/**
 * Checks that bytes are valid UTF-8, without overlong forms and surrogates, which the JSON parser does not check. Pure.
 */
public final class Utf8 {
  private Utf8() {}

  /** Returns the index of the first byte that is not UTF-8 text without NUL, or -1 if all are. */
  public static int invalidAt(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int length = bytes[at] > 0 ? 1 : lengthOfSequence(bytes, at);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  private static int lengthOfSequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (at + length > bytes.length || isForbidden(first, bytes[at + 1] & 0xff)) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Overlong forms, surrogates and what lies beyond U+10FFFF show in the first two bytes. */
  private static boolean isForbidden(int first, int second) {
    return switch (first) {
      case 0xe0 -> second < 0xa0;
      case 0xed -> second > 0x9f;
      case 0xf0 -> second < 0x90;
      case 0xf4 -> second > 0x8f;
      default -> false;
    };
  }
}
