package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A delayed task. It runs once, however often it was scheduled, and never after it was canceled. Thread-safe. */
final class Alarm implements Runnable, Scheduler.Scheduled {
  private static final Scheduler.Scheduled NOT_SCHEDULED = () -> {};

  private final EngineThreads threads;
  private final Runnable task;
  private final long due;
  private final AtomicBoolean done = new AtomicBoolean();
  private volatile Scheduler.Scheduled scheduled = NOT_SCHEDULED;

  /**
   * Makes an alarm that is not scheduled yet.
   *
   * @param threads run the task, and log if it fails
   * @param due the time to run it, in nanoseconds of the scheduler
   */
  Alarm(EngineThreads threads, Runnable task, long due) {
    this.threads = threads;
    this.task = task;
    this.due = due;
  }

  /** Schedules it for its time. */
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

  /** Cancels the task. Never throws: if the scheduler fails to remove it, it does nothing at its time. */
  @Override
  public void cancel() {
    done.set(true);
    threads.cancel(scheduled);
  }
}
