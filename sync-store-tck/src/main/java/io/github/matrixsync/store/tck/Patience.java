package io.github.matrixsync.store.tck;

import java.util.concurrent.TimeUnit;

/** How long a test waits for what must come, in seconds: the system property {@code matrixsync.tck.patience}, or 20. Only a broken store makes a test wait that long. */
final class Patience {
  static final long NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("matrixsync.tck.patience", 20L));

  private Patience() {}
}
