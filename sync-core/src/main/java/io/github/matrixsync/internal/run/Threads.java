package io.github.matrixsync.internal.run;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads that one engine runs on: the host's, or its own daemon threads, which end with it. Thread-safe. */
public final class Threads implements Scheduler, AutoCloseable {
  /** As good as for ever, and still a number of nanoseconds. */
  public static final Duration LONGEST = Duration.ofDays(3_650);

  private static final Duration ASKED_AGAIN = Duration.ofMillis(20);

  private static final int WORKERS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  private final Executor executor;
  private final Scheduler scheduler;
  private final @Nullable ThreadPoolExecutor ownPool;
  private final @Nullable ScheduledThreadPoolExecutor ownTimer;
  private final Trouble refusing = new Trouble("the executor");
  private volatile boolean closed;

  public Threads(@Nullable Executor hostExecutor, @Nullable Scheduler hostScheduler) {
    ownPool = hostExecutor == null ? newPool() : null;
    ownTimer = hostScheduler == null ? newTimer() : null;
    executor = hostExecutor != null ? hostExecutor : Objects.requireNonNull(ownPool);
    scheduler = hostScheduler != null ? hostScheduler : schedulerOf(ownTimer);
  }

  /** Runs a task that may block. Once closed, drops it. An executor that refuses it, because it has too much to do, is asked again soon, and until it takes it: whoever waits for a task would wait for ever. */
  public void execute(Runnable task) {
    if (closed) {
      return;
    }
    try {
      executor.execute(task);
      if (refusing.isOn()) {
        refusing.over(nanoTime(), "takes tasks again; refusals");
      }
    } catch (RejectedExecutionException e) {
      long now = nanoTime();
      refusing.happened(now, now, "refuses tasks, is asked again soon", e);
      schedule(() -> execute(task), ASKED_AGAIN);
    }
  }

  /** Returns the executor that runs what may block. */
  public Executor executor() {
    return executor;
  }

  /** Runs a short task after a delay. Once closed, drops it. */
  @Override
  public Scheduled schedule(Runnable task, Duration delay) {
    if (closed) {
      return () -> {};
    }
    try {
      return scheduler.schedule(task, delay);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
      return () -> {};
    }
  }

  @Override
  public long nanoTime() {
    return scheduler.nanoTime();
  }

  @Override
  public void close() {
    closed = true;
    if (ownTimer != null) {
      ownTimer.shutdownNow();
    }
    if (ownPool != null) {
      ownPool.shutdown();
    }
  }

  private static ThreadPoolExecutor newPool() {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        WORKERS,
        WORKERS,
        10,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        daemons("matrix-sync"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ScheduledThreadPoolExecutor newTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, daemons("matrix-sync-timer"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static Scheduler schedulerOf(@Nullable ScheduledThreadPoolExecutor timer) {
    Objects.requireNonNull(timer);
    return new Scheduler() {
      @Override
      public Scheduled schedule(Runnable task, Duration delay) {
        var future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }
    };
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
