package io.github.matrixsync;

import java.time.Duration;

/** Runs a task later. Thread-safe. A test passes one whose time it moves by hand. */
@FunctionalInterface
public interface Scheduler {
  /** A task that waits for its time. */
  @FunctionalInterface
  interface Scheduled {
    /** Takes the task away if it has not begun; else does nothing. */
    void cancel();
  }

  /**
   * Runs {@code task} once, not before {@code delay} has passed. The task returns soon and does not block.
   *
   * @param delay zero or more
   */
  Scheduled schedule(Runnable task, Duration delay);
}
