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

  private record Waiting(Runnable task, boolean isQuiet) {}

  private final Instant start;
  private final TreeMap<Due, Waiting> waiting = new TreeMap<>(); // guarded by this
  private long now; // guarded by this
  private long count; // guarded by this
  private long happenings; // guarded by this

  public Timeline(Instant start) {
    this.start = start;
  }

  @Override
  public Scheduled schedule(Runnable task, Duration delay) {
    return schedule(new Waiting(task, false), delay);
  }

  private synchronized Scheduled schedule(Waiting task, Duration delay) {
    Due due = new Due(Math.addExact(now, Math.max(0, delay.toNanos())), count++);
    waiting.put(due, task);
    return () -> cancel(due);
  }

  /** Returns this as a scheduler whose tasks are no happenings, such as the ticks and looks of an engine. */
  public Scheduler quiet() {
    return new Scheduler() {
      @Override
      public Scheduled schedule(Runnable task, Duration delay) {
        return Timeline.this.schedule(new Waiting(task, true), delay);
      }

      @Override
      public long nanoTime() {
        return Timeline.this.nanoTime();
      }
    };
  }

  /** Records that something has happened which a test or a bridge may wait for. */
  public synchronized void happens() {
    happenings++;
  }

  /** Returns how much has happened so far: tasks that are not quiet, and calls of {@link #happens}. */
  public synchronized long happenings() {
    return happenings;
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
    Optional<Waiting> due =
        next().filter(at -> at <= now).map(at -> waiting.pollFirstEntry().getValue());
    happenings += due.isPresent() && !due.get().isQuiet() ? 1 : 0;
    return due.map(Waiting::task);
  }

  /** Moves the time, which never goes back. */
  public synchronized void moveTo(long nanos) {
    now = Math.max(now, nanos);
  }
}
