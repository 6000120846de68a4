package io.github.matrixsync.visibility;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;

/** A scheduler whose time never passes. Thread-safe. */
final class NoTime implements Scheduler {
  @Override
  public Scheduled schedule(Runnable task, Duration delay) {
    return () -> {};
  }

  @Override
  public long nanoTime() {
    return 0;
  }
}
