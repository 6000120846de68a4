package io.github.matrixsync.store.tck.support;

import java.util.concurrent.TimeUnit;

/**
 * How long a test waits for an expected signal or result: the system property {@code matrixsync.tck.timeout} in
 * seconds, or 20. Only a broken store makes a test wait that long. For a call that an open transaction may block, a
 * test waits a fifth of a second.
 */
public final class Timeouts {
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("matrixsync.tck.timeout", 20L));

  private static final long WHILE_HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static volatile long nanos = NANOS;
  private static volatile long whileHeldNanos = WHILE_HELD_NANOS;

  private Timeouts() {}

  public static long nanos() {
    return nanos;
  }

  public static long whileHeldNanos() {
    return whileHeldNanos;
  }

  /**
   * Sets both times. For the kit's own tests, which know which waits must fail.
   */
  public static void set(long otherNanos) {
    nanos = otherNanos;
    whileHeldNanos = otherNanos;
  }

  /** Sets both times back. */
  public static void reset() {
    nanos = NANOS;
    whileHeldNanos = WHILE_HELD_NANOS;
  }
}
