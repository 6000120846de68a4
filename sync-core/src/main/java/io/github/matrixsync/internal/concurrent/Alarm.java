package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that waits for its time. It runs once, however often a scheduler was asked to, and never after it was
 * canceled. Thread-safe.
 */
final class Alarm implements Runnable, Scheduler.Scheduled {
  private static final Scheduler.Scheduled NOWHERE = () -> {};

  private final EngineThreads threads;
  private final Runnable task;
  private final long due;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Scheduler.Scheduled place = NOWHERE;

  /**
   * Waits for no scheduler yet.
   *
   * @param threads run the task, and take notice if it fails
   * @param due when it is to run, in the scheduler's nanoseconds
   */
  Alarm(EngineThreads threads, Runnable task, long due) {
    this.threads = threads;
    this.task = task;
    this.due = due;
  }

  /** Has a scheduler run it when its time has come. */
  void waitAt(Scheduler scheduler) {
    long left = Math.max(0, due - scheduler.nanoTime());
    Scheduler.Scheduled found = scheduler.schedule(this, Duration.ofNanos(left));
    place = found;
    if (over.get()) {
      threads.cancel(found);
    }
  }

  /** Returns whether it has run or was canceled. */
  boolean isOver() {
    return over.get();
  }

  @Override
  public void run() {
    if (over.compareAndSet(false, true)) {
      threads.run(task);
    }
  }

  /** Never throws: if the scheduler fails to take it away, it does nothing when its time comes. */
  @Override
  public void cancel() {
    over.set(true);
    threads.cancel(place);
  }
}
