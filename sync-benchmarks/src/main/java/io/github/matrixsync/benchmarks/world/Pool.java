package io.github.matrixsync.benchmarks.world;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The executor of an engine and of its floor: one thread per core, or as many as told. It knows when it has nothing
 * to do. Thread-safe.
 */
public final class Pool implements Executor, AutoCloseable {
  private static final long LOOK_EVERY_NANOS = 100_000;

  private final AtomicLong unfinished = new AtomicLong();
  private final ThreadPoolExecutor threads;

  /** Starts the threads as they are needed. */
  public Pool() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /** Starts so many threads as they are needed. */
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

  /** Waits until all tasks, and those that came of them, are done. */
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
