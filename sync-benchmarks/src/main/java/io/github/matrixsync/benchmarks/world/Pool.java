package io.github.matrixsync.benchmarks.world;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The executor of an engine and of its floor, with one thread per core or a fixed number. It can wait until it is idle.
 * Thread-safe.
 */
public final class Pool implements Executor, AutoCloseable {
  private static final long LOOK_EVERY_NANOS = 100_000;

  private final AtomicLong unfinished = new AtomicLong();
  private final ThreadPoolExecutor threads;

  /** Creates a pool with one thread per core; threads start when they are needed. */
  public Pool() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /** Creates a pool of {@code count} threads, which start when they are needed. */
  public Pool(int count) {
    threads = new ThreadPoolExecutor(
        count, count, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
          Thread thread = new Thread(task, "pool");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void execute(Runnable task) {
    unfinished.incrementAndGet();
    threads.execute(() -> {
      try {
        task.run();
      } finally {
        unfinished.decrementAndGet();
      }
    });
  }

  /** Waits until all tasks, and those that they submitted, are done. */
  public void awaitQuiet() {
    while (unfinished.get() > 0) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
