package io.github.matrixsync.testkit.internal.run;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;

/** The time of a world, and the tasks that wait for it. Moves only when told to. Thread-safe. */
public final class Timeline implements Scheduler, InstantSource {
  private record Due(long nanos, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return nanos == other.nanos
          ? Long.compare(number, other.number)
          : Long.compare(nanos, other.nanos);
    }
  }

  private final Instant start;
  private final TreeMap<Due, Runnable> waiting = new TreeMap<>(); // guarded by this
  private long now; // guarded by this
  private long count; // guarded by this

  public Timeline(Instant start) {
    this.start = start;
  }

  @Override
  public synchronized Scheduled schedule(Runnable task, Duration delay) {
    Due due = new Due(Math.addExact(now, Math.max(0, delay.toNanos())), count++);
    waiting.put(due, task);
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    waiting.remove(due);
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoTime());
  }

  /** Returns the time of the next task, in nanoseconds; empty if none waits. */
  public synchronized Optional<Long> next() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.firstKey().nanos());
  }

  /** Removes and returns the next task that is due. */
  public synchronized Optional<Runnable> takeDue() {
    return next().filter(due -> due <= now).map(due -> waiting.pollFirstEntry().getValue());
  }

  /** Moves the time, which never goes back. */
  public synchronized void moveTo(long nanos) {
    now = Math.max(now, nanos);
  }
}
