package io.github.matrixsync.operation;

import java.time.Duration;

/** Checks of the values of settings. */
final class Checks {
  /** The longest duration; longer ones are cut to it, so that nanoseconds can be counted in a {@code long}. */
  static final Duration LONGEST = Duration.ofDays(3_650);

  private Checks() {}

  static int positive(int value, String what) {
    return (int) positive((long) value, what);
  }

  static long positive(long value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be positive, got " + value);
    }
    return value;
  }

  static Duration positive(Duration value, String what) {
    if (value.isZero()) {
      throw new IllegalArgumentException(what + " must be positive, got " + value);
    }
    return notNegative(value, what);
  }

  static Duration notNegative(Duration value, String what) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative, got " + value);
    }
    return value.compareTo(LONGEST) > 0 ? LONGEST : value;
  }
}
