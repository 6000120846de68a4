package io.github.matrixsync.internal.encoding;

import java.time.Instant;

/** Ages in milliseconds, as the JSON of an event has them. Pure. */
final class Ages {
  /** The most digits that an age has. */
  static final int MOST_DIGITS = 19;

  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private Ages() {}

  /** Returns the milliseconds since the epoch, or the nearest value of 64 bits. */
  static long millis(Instant instant) {
    if (instant.isBefore(EARLIEST)) {
      return Long.MIN_VALUE;
    }
    return instant.isAfter(LATEST) ? Long.MAX_VALUE : instant.toEpochMilli();
  }

  /**
   * Returns the milliseconds from {@code since} to {@code now}; 0 if {@code now} is earlier, because clocks may step
   * back.
   */
  static long between(long since, long now) {
    if (now <= since) {
      return 0;
    }
    long age = now - since;
    return age < 0 ? Long.MAX_VALUE : age;
  }

  /** Writes the digits of {@code age}, which is not negative, to the end of an array, and returns their first index. */
  static int print(long age, byte[] target) {
    int first = target.length;
    long rest = age;
    do {
      target[--first] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return first;
  }

  /** Returns how many digits {@code age}, which is not negative, has. */
  static int digits(long age) {
    int digits = 1;
    for (long rest = age; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
