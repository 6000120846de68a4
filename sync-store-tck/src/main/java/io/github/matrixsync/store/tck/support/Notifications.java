package io.github.matrixsync.store.tck.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Collects what listeners were called with or read, so that a test can wait for it. Thread-safe.
 *
 * @param <T> a value that a listener adds
 */
public final class Notifications<T> {
  private final List<T> noted = new ArrayList<>(); // guarded by this

  public synchronized void add(T value) {
    noted.add(value);
    notifyAll();
  }

  /** Returns the first value that matches, waiting for it, or fails the test if none comes in time. */
  public synchronized T await(Predicate<T> wanted, String what) {
    long deadline = System.nanoTime() + Timeouts.nanos();
    while (true) {
      for (T value : noted) {
        if (wanted.test(value)) {
          return value;
        }
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("timed out waiting for " + what + ", got " + noted);
      }
      waitFor(left);
    }
  }

  /** Returns all values so far. */
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
