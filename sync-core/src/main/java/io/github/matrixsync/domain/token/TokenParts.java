package io.github.matrixsync.domain.token;

import java.util.Arrays;

/** Reads the underscore-separated numbers of a token. Pure. */
final class TokenParts {
  static final int MIN = 3;
  static final int MAX = 7;

  private static final int MAX_DIGITS = 19;
  private static final String[] NAMES = {
    "room", "presence", "typing", "receipts", "account data", "to-device", "device lists"
  };

  private TokenParts() {}

  /**
   * Parses the parts that begin at {@code start}.
   *
   * @param first the number of the part that begins there, 0 being the room part
   */
  static long[] parse(String text, int start, int first) {
    long[] values = new long[MAX];
    int part = first;
    int from = start;
    while (true) {
      int end = text.indexOf('_', from);
      int to = end < 0 ? text.length() : end;
      if (part == MAX) {
        throw InvalidTokenException.of("a token has at most " + MAX + " parts", text);
      }
      values[part] = number(text, from, to, NAMES[part]);
      part++;
      if (end < 0) {
        break;
      }
      from = end + 1;
    }
    if (part < MIN) {
      throw InvalidTokenException.of("a token has at least " + MIN + " parts", text);
    }
    return Arrays.copyOf(values, part);
  }

  /** Parses the ASCII digits in {@code [from, to)}. */
  static long number(String text, int from, int to, String name) {
    int digits = to - from;
    if (digits < 1 || digits > MAX_DIGITS) {
      throw badNumber(text, from, to, name);
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw badNumber(text, from, to, name);
      }
      value = value * 10 + digit;
      if (value < 0) {
        throw badNumber(text, from, to, name);
      }
    }
    return value;
  }

  /** Refuses a token that has more parts than there are streams. */
  static void requireAtMost(int most, int parts, PaginationToken token) {
    if (parts > most) {
      throw InvalidTokenException.of(
          "a token here has at most " + most + " parts", token.toString());
    }
  }

  private static InvalidTokenException badNumber(String text, int from, int to, String name) {
    return InvalidTokenException.of(
        "the " + name + " part must be 1 to 19 digits, at most " + Long.MAX_VALUE,
        text.substring(Math.min(from, to), to));
  }
}
