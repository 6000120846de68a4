package io.github.matrixsync.examples.bridge;

import java.time.Duration;

/** Runs the bridge's tasks later. */
@FunctionalInterface
public interface Delays {
  /** Runs a task once, after a delay. */
  void schedule(Runnable task, Duration delay);
}
