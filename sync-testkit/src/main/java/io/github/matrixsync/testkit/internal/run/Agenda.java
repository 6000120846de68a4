package io.github.matrixsync.testkit.internal.run;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tasks of one executor that wait for their turn or their time. Thread-safe. */
final class Agenda {
  /** A task, once. */
  final class Entry implements Runnable {
    private final Runnable task;
    private Scheduler.@Nullable Scheduled timer; // guarded by waiting

    Entry(Runnable task) {
      this.task = Objects.requireNonNull(task, "task");
    }

    @Override
    public void run() {
      synchronized (waiting) {
        if (!waiting.remove(this)) {
          return;
        }
        running++;
      }
      try {
        task.run();
      } finally {
        synchronized (waiting) {
          running--;
        }
      }
    }

    /** Takes it out; returns false if it has begun. */
    private boolean remove() {
      synchronized (waiting) {
        if (timer != null) {
          timer.cancel();
        }
        return waiting.remove(this);
      }
    }
  }

  private final Timeline timeline;
  private final Actions actions;
  private final Set<Entry> waiting = new LinkedHashSet<>(); // guarded by itself
  private int running; // guarded by waiting
  private boolean isShutdown; // guarded by waiting

  Agenda(Timeline timeline, Actions actions) {
    this.timeline = timeline;
    this.actions = actions;
  }

  /** Returns the actions that run the tasks. */
  Actions actions() {
    return actions;
  }

  /** Returns the world's time, in nanoseconds. */
  long now() {
    return timeline.nanoTime();
  }

  /**
   * Adds a task. Without a delay it runs at once, or after the current action and the reactions that are queued.
   *
   * @param delay in nanoseconds
   * @return false if this was shut down
   */
  boolean offer(Entry entry, long delay) {
    synchronized (waiting) {
      if (isShutdown) {
        return false;
      }
      waiting.add(entry);
      if (delay > 0) {
        entry.timer = timeline.schedule(entry, Duration.ofNanos(delay));
      }
    }
    if (delay <= 0) {
      actions.execute(entry);
    }
    return true;
  }

  /** Takes a task out, if it has not begun. */
  void remove(Entry entry) {
    boolean unused = entry.remove();
  }

  /** Takes no more tasks. */
  void shutdown() {
    synchronized (waiting) {
      isShutdown = true;
    }
  }

  /** Takes all tasks out that have not begun, and returns them. */
  List<Runnable> clear() {
    synchronized (waiting) {
      List<Runnable> tasks = tasks(false);
      List.copyOf(waiting).forEach(Entry::remove);
      return tasks;
    }
  }

  /** Returns the tasks that have not begun: all, or those that wait for their time. */
  List<Runnable> tasks(boolean onlyDelayed) {
    synchronized (waiting) {
      List<Runnable> tasks = new ArrayList<>();
      waiting.stream()
          .filter(entry -> entry.timer != null || !onlyDelayed)
          .forEach(entry -> tasks.add(entry.task));
      return tasks;
    }
  }

  boolean isShutdown() {
    synchronized (waiting) {
      return isShutdown;
    }
  }

  /** Returns whether this was shut down and all tasks have ended. */
  boolean isTerminated() {
    synchronized (waiting) {
      return isShutdown && waiting.isEmpty() && running == 0;
    }
  }
}
