package io.github.matrixsync.domain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;

/** Ages in milliseconds, as the JSON of an event has them. Pure. */
final class Ages {
  /** The most digits that an age can have. */
  private static final int MAX_DIGITS = 19;

  /** The bytes that printing takes. */
  static final int PRINTED = 24;

  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private static final int EIGHT_DIGITS = 100_000_000;
  private static final int LOG_2_TIMES_4096 = 1233;
  private static final long[] POWERS_OF_TEN = powersOfTen();
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
    int digits = (bits * LOG_2_TIMES_4096) >>> 12;
    return age < POWERS_OF_TEN[digits] ? Math.max(digits, 1) : digits + 1;
  }

  /** Puts the digits of {@code age}, which is not negative, at the end of {@code target}, of {@link #PRINTED} bytes, and returns where the first one stands. */
  static int print(long age, byte[] target) {
    long high = age / EIGHT_DIGITS;
    printEight((int) (age - high * EIGHT_DIGITS), target, PRINTED - 8);
    if (high > 0) {
      long higher = high / EIGHT_DIGITS;
      printEight((int) (high - higher * EIGHT_DIGITS), target, PRINTED - 16);
      if (higher > 0) {
        printEight((int) higher, target, PRINTED - 24);
      }
    }
    return PRINTED - digits(age);
  }

  /** Puts eight digits at an offset, all in one number: first four and four are apart in it, then two and two, then each is in its byte. */
  private static void printEight(int value, byte[] target, int offset) {
    long upper = value / 10_000;
    long fours = upper | (value - upper * 10_000) << 32;
    long hundreds = ((fours * 10_486) >>> 20) & 0x7F_0000_007FL;
    long twos = hundreds | (fours - hundreds * 100) << 16;
    long tens = ((twos * 103) >>> 10) & 0xF_000F_000F_000FL;
    long ones = tens | (twos - tens * 10) << 8;
    LONGS.set(target, offset, ones | 0x3030_3030_3030_3030L);
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
