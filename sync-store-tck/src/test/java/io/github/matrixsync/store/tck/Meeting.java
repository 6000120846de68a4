package io.github.matrixsync.store.tck;

import java.util.concurrent.TimeUnit;

/**
 * Has a broken store's fault happen for certain that would happen by chance: whoever is in the middle of it is held, once, until somebody has looked. Only the threads that the kit starts take part, since a test's own thread would
 * wait for itself, and only where one of them looks at all. Thread-safe.
 */
final class Meeting {
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

  private boolean watched; // guarded by this
  private boolean held; // guarded by this
  private long reached; // guarded by this

  /** Notes that somebody has looked, and how far. */
  synchronized void look(long upTo) {
    if (isOfTheKit()) {
      watched = true;
      reached = Math.max(reached, upTo);
      notifyAll();
    }
  }

  /** Holds the caller until somebody has looked as far as this or further, if anybody ever looked and nobody was held before. */
  synchronized void hold(long wanted) {
    if (!watched || held || !isOfTheKit()) {
      return;
    }
    held = true;
    long deadline = System.nanoTime() + LONGEST;
    long left = LONGEST;
    try {
      while (reached < wanted && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Looks, one step further than anybody did, and holds the caller until the next one does the same, if nobody was held before. */
  synchronized void holdForTheNext() {
    look(reached + 1);
    hold(reached + 1);
  }

  /** Returns whether anybody ever looked. */
  synchronized boolean isWatched() {
    return watched;
  }

  private static boolean isOfTheKit() {
    return Thread.currentThread().getName().equals(Threads.NAME);
  }
}
