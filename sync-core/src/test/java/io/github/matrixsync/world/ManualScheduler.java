package io.github.matrixsync.world;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A scheduler whose clock a test advances. Due tasks run on the advancing thread, in the order of their times.
 * Thread-safe.
 */
public final class ManualScheduler implements Scheduler {
  private record Due(long nanos, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return nanos == other.nanos
          ? Long.compare(number, other.number)
          : Long.compare(nanos, other.nanos);
    }
  }

  private final TreeMap<Due, Runnable> waiting = new TreeMap<>(); // guarded by this
  private long now; // guarded by this
  private long count; // guarded by this

  @Override
  public synchronized Scheduled schedule(Runnable task, Duration delay) {
    Due due = new Due(now + delay.toNanos(), count++);
    waiting.put(due, task);
    return () -> cancel(due);
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  /** Returns the number of pending tasks. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Advances the clock and runs all tasks that are due. */
  public void advance(Duration by) {
    long until = nanoTime() + by.toNanos();
    for (Optional<Runnable> task = next(until); task.isPresent(); task = next(until)) {
      task.get().run();
    }
  }

  private synchronized void cancel(Due due) {
    waiting.remove(due);
  }

  /** Advances to the next task that is due, or to {@code until}. */
  private synchronized Optional<Runnable> next(long until) {
    if (waiting.isEmpty() || waiting.firstKey().nanos() > until) {
      now = until;
      return Optional.empty();
    }
    var first = waiting.pollFirstEntry();
    now = Math.max(now, first.getKey().nanos());
    return Optional.of(first.getValue());
  }
}
