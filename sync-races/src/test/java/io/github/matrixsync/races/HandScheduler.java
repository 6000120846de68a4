package io.github.matrixsync.races;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A scheduler whose clock a test advances; due tasks run on the advancing thread. Thread-safe. */
public final class HandScheduler implements Scheduler {
  private static final class Waiting implements Scheduled {
    private final Runnable task;
    private final long due;
    private volatile boolean cancelled;

    Waiting(Runnable task, long due) {
      this.task = task;
      this.due = due;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final List<Waiting> waiting = new ArrayList<>(); // guarded by this
  private long now; // guarded by this

  @Override
  public synchronized Scheduled schedule(Runnable task, Duration delay) {
    Waiting one = new Waiting(task, now + delay.toNanos());
    waiting.add(one);
    return one;
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  /** Advances the clock and runs once each task that is due. */
  public void advance(Duration by) {
    for (Waiting due : takeDue(by.toNanos())) {
      due.task.run();
    }
  }

  private synchronized List<Waiting> takeDue(long nanos) {
    now += nanos;
    List<Waiting> due = new ArrayList<>();
    for (Waiting one : waiting) {
      if (one.due <= now && !one.cancelled) {
        due.add(one);
      }
    }
    waiting.removeAll(due);
    return due;
  }
}
