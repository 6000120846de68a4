package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timer wheel with the deadlines of all parked polls. Thread-safe; adding and removing take constant time.
 *
 * <p>Time is divided into ticks, and the slots are used for the ticks in turn: a slot holds the entries that are due in
 * its tick, in this turn of the wheel or a later one. An entry is a link in the list of its slot, without another
 * object. One task is scheduled, for the next slot that is not empty; none if the wheel is empty.
 *
 * <pre>
 *   slot   0    1    2    3    4   ...  4095
 *          |         |
 *          a (tick 0)  c (tick 2)
 *          b (tick 4096)
 * </pre>
 *
 * <p>A deadline counts as passed from the beginning of its tick, so an entry waits at most its delay, and up to one
 * tick less.
 *
 * <p>Locks: the list of each slot is guarded by one of a few locks. An advance holds {@code advancing} and publishes
 * the tick that it has reached before it reads a slot, so an entry is either in its slot before that, or is added to a
 * tick that has not been reached.
 */
public final class TimerWheel {
  static final long NEVER = Long.MAX_VALUE;
  public static final Duration TICK = Duration.ofMillis(4);

  private static final int SLOTS = 4096;
  private static final int LOCKS = 64;
  private static final long NANOS = TICK.toNanos();

  private final Scheduler scheduler;
  private final long origin;
  private final @Nullable TimedFuture<?>[] slots;
  private final Object[] locks;
  private final ReentrantLock advancing = new ReentrantLock();
  private final Object arming = new Object();
  private volatile long reached = -1;
  private volatile long armedFor = NEVER; // written under arming
  private Scheduler.Scheduled armed = () -> {}; // guarded by arming

  public TimerWheel(Scheduler scheduler) {
    this(scheduler, SLOTS);
  }

  /**
   * Makes a wheel with another number of slots.
   *
   * @param size the number of slots, a power of two
   */
  TimerWheel(Scheduler scheduler, int size) {
    this.scheduler = scheduler;
    this.slots = new TimedFuture<?>[size];
    this.locks = new Object[Math.min(size, LOCKS)];
    this.origin = scheduler.nanoTime();
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new Object();
    }
  }

  /**
   * Adds an entry that is in no wheel. Its deadline passes within {@code delay}, unless it is removed before. If the
   * scheduler refuses the task, the entry is not added.
   */
  public void add(TimedFuture<?> entry, Duration delay) {
    long tick = tickAt(scheduler.nanoTime() - origin + nanos(delay));
    while (!link(entry, tick)) {
      tick = Math.max(
          tick, reached + 1); // The wheel has just reached that tick, so the next one is used.
    }
    try {
      arm(tick);
    } catch (Throwable e) {
      remove(entry);
      throw e;
    }
  }

  /** Removes an entry; does nothing if it is not in the wheel or its deadline has passed. */
  public void remove(TimedFuture<?> entry) {
    long tick = entry.tick;
    if (tick == NEVER) {
      return;
    }
    synchronized (lockOf(tick)) {
      if (entry.tick == tick) {
        unlink(entry);
      }
    }
  }

  /** Cancels the scheduled task. The deadlines of remaining entries never pass. */
  public void close() {
    synchronized (arming) {
      armed.cancel();
    }
  }

  /** Returns whether there are no entries. For tests: it reads every slot. */
  public boolean isEmpty() {
    for (int slot = 0; slot < slots.length; slot++) {
      if (head(slot) != null) {
        return false;
      }
    }
    return true;
  }

  private boolean link(TimedFuture<?> entry, long tick) {
    synchronized (lockOf(tick)) {
      if (tick <= reached) {
        return false;
      }
      int slot = slotOf(tick);
      TimedFuture<?> head = slots[slot];
      entry.tick = tick;
      entry.behind = head;
      if (head != null) {
        head.before = entry;
      }
      slots[slot] = entry;
      return true;
    }
  }

  private void unlink(TimedFuture<?> entry) {
    TimedFuture<?> before = entry.before;
    TimedFuture<?> behind = entry.behind;
    if (before == null) {
      slots[slotOf(entry.tick)] = behind;
    } else {
      before.behind = behind;
    }
    if (behind != null) {
      behind.before = before;
    }
    entry.before = null;
    entry.behind = null;
    entry.tick = NEVER;
  }

  /**
   * Schedules the task for a tick, unless it is scheduled for an earlier one. If the scheduler refuses it, the earlier
   * schedule stays.
   */
  private void arm(long tick) {
    if (tick >= armedFor) {
      return;
    }
    synchronized (arming) {
      long before = armedFor;
      if (tick < before) {
        Scheduler.Scheduled earlier = armed;
        long delay = tick * NANOS - (scheduler.nanoTime() - origin);
        armedFor = tick;
        try {
          armed = scheduler.schedule(this::fire, Duration.ofNanos(Math.max(0, delay)));
        } catch (Throwable e) {
          armedFor = before;
          throw e;
        }
        earlier.cancel();
      }
    }
  }

  private void fire() {
    synchronized (arming) {
      armedFor = NEVER;
    }
    Attempts attempts = new Attempts();
    List<TimedFuture<?>> due = takeDue();
    attempts.make(() -> arm(nextTick()));
    due.forEach(entry -> attempts.make(entry::timeUp));
    attempts.throwFirst();
  }

  private List<TimedFuture<?>> takeDue() {
    List<TimedFuture<?>> due = new ArrayList<>();
    advancing.lock();
    try {
      long from = reached + 1;
      long to = Math.max(reached, tickAt(scheduler.nanoTime() - origin));
      reached = to;
      for (long tick = from; tick <= to && tick < from + slots.length; tick++) {
        takeDue(tick, to, due);
      }
    } finally {
      advancing.unlock();
    }
    return due;
  }

  private void takeDue(long slotTick, long upTo, List<TimedFuture<?>> due) {
    synchronized (lockOf(slotTick)) {
      TimedFuture<?> entry = slots[slotOf(slotTick)];
      while (entry != null) {
        TimedFuture<?> behind = entry.behind;
        if (entry.tick <= upTo) {
          unlink(entry);
          due.add(entry);
        }
        entry = behind;
      }
    }
  }

  /** Returns the next tick whose slot is not empty, even if its entries are for a later turn. */
  private long nextTick() {
    long first = reached + 1;
    for (long tick = first; tick < first + slots.length; tick++) {
      if (head(slotOf(tick)) != null) {
        return tick;
      }
    }
    return NEVER;
  }

  private @Nullable TimedFuture<?> head(int slot) {
    synchronized (lockOf(slot)) {
      return slots[slot];
    }
  }

  private Object lockOf(long tick) {
    return locks[(int) (tick & (locks.length - 1))];
  }

  private int slotOf(long tick) {
    return (int) (tick & (slots.length - 1));
  }

  private static long tickAt(long nanos) {
    return Math.floorDiv(nanos, NANOS);
  }

  private static long nanos(Duration delay) {
    return delay.compareTo(EngineThreads.LONGEST) < 0
        ? Math.max(0, delay.toNanos())
        : EngineThreads.LONGEST.toNanos();
  }
}
