package io.github.matrixsync.store.tck.support;

import java.util.concurrent.TimeUnit;

/**
 * How long a test waits for what must come, in seconds: the system property {@code matrixsync.tck.patience}, or 20.
 * Only a broken store makes a test wait that long. For what may come, but may also be held up by a transaction that is
 * held open, a test waits a fifth of a second.
 */
public final class Patience {
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("matrixsync.tck.patience", 20L));

  private static final long WHILE_HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static volatile long nanos = NANOS;
  private static volatile long whileHeldNanos = WHILE_HELD_NANOS;

  private Patience() {}

  public static long nanos() {
    return nanos;
  }

  public static long whileHeldNanos() {
    return whileHeldNanos;
  }

  /**
   * Waits so long from now on, whatever holds it up. For the kit's own tests, which know in which test a wait is in
   * vain.
   */
  public static void set(long otherNanos) {
    nanos = otherNanos;
    whileHeldNanos = otherNanos;
  }

  /** Waits as long as it is said above, from now on. */
  public static void reset() {
    nanos = NANOS;
    whileHeldNanos = WHILE_HELD_NANOS;
  }
}
