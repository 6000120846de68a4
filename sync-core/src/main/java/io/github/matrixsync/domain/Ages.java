package io.github.matrixsync.domain;

import java.time.Instant;

/** Ages in milliseconds, as the JSON of an event has them. Pure. */
final class Ages {
  /** The most digits that an age can have. */
  static final int MAX_DIGITS = 19;

  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private static final int EIGHT_DIGITS = 100_000_000;
  private static final int LOG_2_TIMES_4096 = 1233;
  private static final long[] POWERS_OF_TEN = powersOfTen();
  private static final byte[] TENS = digitsBelow100(10);
  private static final byte[] ONES = digitsBelow100(1);

  private Ages() {}

  /** Returns the milliseconds since the epoch, or the nearest that 64 bits can say. */
  static long millis(Instant instant) {
    if (instant.isBefore(EARLIEST)) {
      return Long.MIN_VALUE;
    }
    return instant.isAfter(LATEST) ? Long.MAX_VALUE : instant.toEpochMilli();
  }

  /** Returns how long before {@code now} was {@code since}; 0 if it comes later, because clocks step. */
  static long between(long since, long now) {
    if (now <= since) {
      return 0;
    }
    long age = now - since;
    return age < 0 ? Long.MAX_VALUE : age;
  }

  /** Returns how many digits {@code age}, which is not negative, has. */
  static int digits(long age) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(age | 1);
    int digits = bits * LOG_2_TIMES_4096 >>> 12;
    return age < POWERS_OF_TEN[digits] ? Math.max(digits, 1) : digits + 1;
  }

  /** Puts the digits of {@code age}, which is not negative, at the end of {@code target} and returns where the first one stands. */
  static int print(long age, byte[] target) {
    int first = target.length;
    long rest = age;
    while (rest >= EIGHT_DIGITS) {
      long head = rest / EIGHT_DIGITS;
      printEight((int) (rest - head * EIGHT_DIGITS), target, first);
      first -= 8;
      rest = head;
    }
    int small = (int) rest;
    while (small >= 100) {
      int head = small / 100;
      printTwo(small - head * 100, target, first);
      first -= 2;
      small = head;
    }
    if (small >= 10) {
      printTwo(small, target, first);
      return first - 2;
    }
    target[first - 1] = (byte) ('0' + small);
    return first - 1;
  }

  private static void printEight(int value, byte[] target, int end) {
    int high = value / 10_000;
    int low = value - high * 10_000;
    printTwo(low % 100, target, end);
    printTwo(low / 100, target, end - 2);
    printTwo(high % 100, target, end - 4);
    printTwo(high / 100, target, end - 6);
  }

  private static void printTwo(int value, byte[] target, int end) {
    target[end - 2] = TENS[value];
    target[end - 1] = ONES[value];
  }

  private static byte[] digitsBelow100(int divisor) {
    byte[] digits = new byte[100];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) ('0' + i / divisor % 10);
    }
    return digits;
  }

  private static long[] powersOfTen() {
    long[] powers = new long[MAX_DIGITS];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
