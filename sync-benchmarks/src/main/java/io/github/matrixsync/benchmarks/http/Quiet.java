package io.github.matrixsync.benchmarks.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Knows when nothing has happened for a while: who polls is parked by then. Thread-safe. */
final class Quiet {
  private static final long WHILE = TimeUnit.MILLISECONDS.toNanos(500);

  private final AtomicLong last = new AtomicLong(System.nanoTime());

  /** Says that something happened. */
  void disturb() {
    last.set(System.nanoTime());
  }

  /** Waits for half a second in which nothing happens, beginning now. */
  void await() {
    disturb();
    long left = WHILE;
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = last.get() + WHILE - System.nanoTime();
    }
  }
}
