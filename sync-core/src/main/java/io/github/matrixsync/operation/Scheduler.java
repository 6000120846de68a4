package io.github.matrixsync.operation;

import java.time.Duration;

/**
 * A monotonic clock and delayed tasks. Thread-safe. A test passes one whose time it moves by hand.
 *
 * @since 0.1.0
 */
public interface Scheduler {
  /**
   * A delayed task.
   *
   * @since 0.1.0
   */
  @FunctionalInterface
  interface Scheduled {
    /** Cancels the task if it has not begun; else does nothing. */
    void cancel();
  }

  /**
   * Runs {@code task} once, not before {@code delay} has passed. The task returns soon and does not block.
   *
   * @param delay zero or more
   */
  Scheduled schedule(Runnable task, Duration delay);

  /**
   * Returns the time by which {@link #schedule} measures its delays: nanoseconds since some fixed moment, never
   * falling, as {@link System#nanoTime} counts them.
   */
  long nanoTime();
}
