package io.github.matrixsync.benchmarks.http.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Waits until no response has come for half a second: every poll is parked by then. Thread-safe. */
public final class Quiet {
  private static final long WHILE = TimeUnit.MILLISECONDS.toNanos(500);

  private final AtomicLong last = new AtomicLong(System.nanoTime());

  /** Notes that a response has come. */
  public void disturb() {
    last.set(System.nanoTime());
  }

  /** Waits for half a second in which no response comes, beginning now. */
  public void await() {
    disturb();
    long left = WHILE;
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = last.get() + WHILE - System.nanoTime();
    }
  }
}
