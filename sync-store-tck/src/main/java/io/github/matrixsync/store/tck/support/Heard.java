package io.github.matrixsync.store.tck.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What listeners noted, so that a test can wait for it: calls may be late. Thread-safe.
 *
 * @param <T> what is noted
 */
public final class Heard<T> {
  private final List<T> noted = new ArrayList<>(); // guarded by this

  public synchronized void add(T value) {
    noted.add(value);
    notifyAll();
  }

  /** Returns the first thing noted that is wanted, or fails the test if none comes. */
  public synchronized T await(Predicate<T> wanted, String what) {
    long deadline = System.nanoTime() + Patience.nanos();
    while (true) {
      for (T value : noted) {
        if (wanted.test(value)) {
          return value;
        }
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("waited in vain for " + what + ", heard " + noted);
      }
      waitFor(left);
    }
  }

  /** Returns all that was noted so far. */
  public synchronized List<T> all() {
    return List.copyOf(noted);
  }

  private synchronized void waitFor(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
