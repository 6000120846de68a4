package io.github.matrixsync.internal.run;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that waits for its time. It runs once, however often a scheduler was asked to, and never after it was
 * canceled. Thread-safe.
 */
final class Alarm implements Runnable, Scheduler.Scheduled {
  private static final Scheduler.Scheduled NOWHERE = () -> {};

  private final Runnable task;
  private final long due;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Scheduler.Scheduled place = NOWHERE;

  /**
   * Waits for no scheduler yet.
   *
   * @param due when it is to run, in the scheduler's nanoseconds
   */
  Alarm(Runnable task, long due) {
    this.task = task;
    this.due = due;
  }

  /** Has a scheduler run it when its time has come. */
  void waitAt(Scheduler scheduler) {
    long left = Math.max(0, due - scheduler.nanoTime());
    Scheduler.Scheduled found = scheduler.schedule(this, Duration.ofNanos(left));
    place = found;
    if (over.get()) {
      found.cancel();
    }
  }

  /** Returns whether it has run or was canceled. */
  boolean isOver() {
    return over.get();
  }

  @Override
  public void run() {
    if (over.compareAndSet(false, true)) {
      task.run();
    }
  }

  @Override
  public void cancel() {
    over.set(true);
    place.cancel();
  }
}
