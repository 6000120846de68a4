package io.github.matrixsync.operation;

import java.time.Duration;

/**
 * The time that passes, and tasks that wait for it. Thread-safe. A test passes one whose time it moves by hand.
 *
 * @since 0.1.0
 */
public interface Scheduler {
  /**
   * A task that waits for its time.
   *
   * @since 0.1.0
   */
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

  /**
   * Returns the time by which {@link #schedule} measures its delays: nanoseconds since some fixed moment, never
   * falling, as {@link System#nanoTime} counts them.
   */
  long nanoTime();
}
