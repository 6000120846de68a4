package io.github.matrixsync.world;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Time that a test moves by hand. What is due runs on the thread that moves it, in the order of its times. Thread-safe.
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

  /** Returns the number of tasks that wait. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Lets time pass. */
  public void advance(Duration by) {
    long until = nanoTime() + by.toNanos();
    for (Optional<Runnable> task = next(until); task.isPresent(); task = next(until)) {
      task.get().run();
    }
  }

  private synchronized void cancel(Due due) {
    waiting.remove(due);
  }

  /** Moves to the next task that is due, or to the end. */
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
