package io.github.matrixsync.benchmarks.http.client;

import java.nio.charset.StandardCharsets;

/** Searches the bytes of response bodies without decoding them to text. Pure. */
public final class Bytes {
  private Bytes() {}

  /** Returns the UTF-8 bytes of a text. */
  public static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the index after the first {@code wanted} at or after {@code from}; -1 if there is none. */
  public static int indexAfter(byte[] body, byte[] wanted, int from) {
    int last = body.length - wanted.length;
    for (int i = from; i <= last; i++) {
      if (body[i] == wanted[0] && matches(body, wanted, i)) {
        return i + wanted.length;
      }
    }
    return -1;
  }

  /** Returns how often {@code wanted} occurs in {@code body}. */
  public static int count(byte[] body, byte[] wanted) {
    int count = 0;
    for (int at = indexAfter(body, wanted, 0); at >= 0; at = indexAfter(body, wanted, at)) {
      count++;
    }
    return count;
  }

  /** Parses the decimal number that begins at index {@code from}. */
  public static int number(byte[] body, int from) {
    int value = 0;
    for (int i = from; body[i] >= '0' && body[i] <= '9'; i++) {
      value = 10 * value + body[i] - '0';
    }
    return value;
  }

  private static boolean matches(byte[] body, byte[] wanted, int from) {
    for (int i = 1; i < wanted.length; i++) {
      if (body[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
