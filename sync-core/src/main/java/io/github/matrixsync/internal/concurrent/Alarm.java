package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that waits for its time. It runs once, however often a scheduler was asked to, and never after it was
 * canceled. Thread-safe.
 */
final class Alarm implements Runnable, Scheduler.Scheduled {
  private static final Scheduler.Scheduled NOT_SCHEDULED = () -> {};

  private final EngineThreads threads;
  private final Runnable task;
  private final long due;
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile Scheduler.Scheduled scheduled = NOT_SCHEDULED;

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
  void scheduleOn(Scheduler scheduler) {
    long left = Math.max(0, due - scheduler.nanoTime());
    Scheduler.Scheduled placed = scheduler.schedule(this, Duration.ofNanos(left));
    scheduled = placed;
    if (done.get()) {
      threads.cancel(placed);
    }
  }

  /** Returns whether it has run or was canceled. */
  boolean isDone() {
    return done.get();
  }

  @Override
  public void run() {
    if (done.compareAndSet(false, true)) {
      threads.run(task);
    }
  }

  /** Never throws: if the scheduler fails to take it away, it does nothing when its time comes. */
  @Override
  public void cancel() {
    done.set(true);
    threads.cancel(scheduled);
  }
}
