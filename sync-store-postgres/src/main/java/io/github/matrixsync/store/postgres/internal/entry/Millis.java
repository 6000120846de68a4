package io.github.matrixsync.store.postgres.internal.entry;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instants as milliseconds since the epoch. Pure. */
public final class Millis {
  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private Millis() {}

  /** Returns the milliseconds; of an instant that is too far away, those of the farthest one. */
  public static long of(Instant instant) {
    if (instant.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    return instant.isAfter(LAST) ? Long.MAX_VALUE : instant.toEpochMilli();
  }

  /** Returns the milliseconds of an instant; null if there is none. */
  public static @Nullable Long of(Optional<Instant> instant) {
    return instant.isEmpty() ? null : Long.valueOf(of(instant.get()));
  }

  /**
   * Requires that an instant can be told in milliseconds.
   *
   * @throws IllegalArgumentException if it is 292 million years away
   */
  public static void check(Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "an instant must be told in milliseconds of 64 bits, got " + instant);
    }
  }
}
