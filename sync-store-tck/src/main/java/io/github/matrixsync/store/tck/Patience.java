package io.github.matrixsync.store.tck;

import java.util.concurrent.TimeUnit;

/** How long a test waits for what must come, in seconds: the system property {@code matrixsync.tck.patience}, or 20. Only a broken store makes a test wait that long. */
final class Patience {
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("matrixsync.tck.patience", 20L));

  private static volatile long nanos = NANOS;

  private Patience() {}

  static long nanos() {
    return nanos;
  }

  /** Waits so long from now on. For the kit's own tests, which know in which test a wait is in vain. */
  static void set(long otherNanos) {
    nanos = otherNanos;
  }

  /** Waits as long as it is said above, from now on. */
  static void reset() {
    nanos = NANOS;
  }
}
