package io.github.matrixsync.store.tck.broken;

import io.github.matrixsync.store.tck.support.Threads;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Has a broken store's fault happen for certain that would happen by chance: whoever is in the middle of it is held
 * until somebody else has looked. Only the threads that the kit starts take part, since a test's own thread would wait
 * for itself, and only if another of them has looked before. Thread-safe.
 */
public final class Meeting {
  /** Nobody is held so long, unless the kit changes: whoever is waited for does look. */
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

  private final Set<Thread> lookers = new HashSet<>(); // guarded by this
  private int timesLeft; // guarded by this
  private long reached; // guarded by this

  /** Holds somebody so many times at the most. */
  public Meeting(int times) {
    timesLeft = times;
  }

  /** Notes that somebody has looked, and how far. */
  public synchronized void look(long upTo) {
    if (isOfTheKit()) {
      lookers.add(Thread.currentThread());
      reached = Math.max(reached, upTo);
      notifyAll();
    }
  }

  /** Notes that somebody will look. */
  public synchronized void join() {
    look(reached);
  }

  /** Holds the caller until somebody has looked as far as this or further. Returns whether it did. */
  public synchronized boolean hold(long wanted) {
    if (reached >= wanted || timesLeft == 0 || !isWatched()) {
      return false;
    }
    timesLeft--;
    long deadline = System.nanoTime() + LONGEST;
    long left = LONGEST;
    try {
      while (reached < wanted && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Looks one step further than anybody did. */
  public synchronized void lookAgain() {
    look(reached + 1);
  }

  /** Returns how far anybody has looked. */
  public synchronized long reached() {
    return reached;
  }

  /** Holds the caller until somebody looks again. */
  public synchronized boolean holdForTheNext() {
    return hold(reached + 1);
  }

  /** Returns whether the caller is a thread of the kit, and another one has looked. */
  public synchronized boolean isWatched() {
    Thread self = Thread.currentThread();
    return isOfTheKit() && lookers.stream().anyMatch(thread -> thread != self);
  }

  private static boolean isOfTheKit() {
    return Thread.currentThread().getName().equals(Threads.NAME);
  }
}
