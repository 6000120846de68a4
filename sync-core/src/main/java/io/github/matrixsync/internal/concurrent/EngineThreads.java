package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The executors and the timer of an engine: the host's, or its own daemon threads, which end with it. Thread-safe.
 *
 * <p>There are five lanes, so that a delivery does not wait for snapshots or slow reads: one for following the stores
 * and waking polls, one for polls of users that read a store, one for polls of application services, which match
 * patterns, one for snapshots, single events and pages, and one of a single task for reads that must come before a
 * wake-up. A task that an executor or scheduler refuses, with any exception, is offered again until it is accepted,
 * because otherwise its callers would wait forever.
 */
public final class EngineThreads implements Scheduler, AutoCloseable {
  /** The longest delay; longer ones are cut to it. */
  public static final Duration LONGEST = Duration.ofDays(3_650);

  /** The default number of tasks of a lane that run at a time. */
  public static final int WIDTH = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  private static final int MAX_THREADS = 1 << 20;

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(20);

  private final Executor executor;
  private final Scheduler scheduler;
  private final @Nullable ThreadPoolExecutor ownPool;
  private final @Nullable ScheduledThreadPoolExecutor ownTimer;
  private final Lane following = new Lane(this, WIDTH);
  private final Lane looks;
  private final Lane serviceLooks;
  private final Lane snapshots;
  private final Lane aside = new Lane(this, 1);
  private final Retries retries;
  private final ThreadFactory spareThreads = daemons("matrix-sync-apart");
  private final OutageLog executorOutages = new OutageLog("the executor");
  private final OutageLog schedulerOutages = new OutageLog("the scheduler");
  private final OutageLog cancelOutages = new OutageLog("the scheduler");
  private final OutageLog taskOutages = new OutageLog("a task of the engine");
  private volatile boolean closed;

  public EngineThreads(@Nullable Executor hostExecutor, @Nullable Scheduler hostScheduler) {
    this(hostExecutor, hostScheduler, WIDTH);
  }

  /**
   * Makes threads from the host's executor and scheduler.
   *
   * @param hostExecutor null for own threads
   * @param hostScheduler null for an own timer
   * @param reads how many polls may read at a time, and how many snapshots, single events and pages
   */
  public EngineThreads(
      @Nullable Executor hostExecutor, @Nullable Scheduler hostScheduler, int reads) {
    ownPool =
        hostExecutor == null ? newPool((int) Math.min(MAX_THREADS, WIDTH + 3L * reads + 1)) : null;
    ownTimer = hostScheduler == null ? newTimer() : null;
    executor = hostExecutor != null ? hostExecutor : Objects.requireNonNull(ownPool);
    scheduler = hostScheduler != null ? hostScheduler : schedulerOf(ownTimer);
    retries = new Retries(scheduler, daemons("matrix-sync-retries"));
    looks = new Lane(this, reads);
    serviceLooks = new Lane(this, reads);
    snapshots = new Lane(this, reads);
  }

  /** Runs a task that follows a stream or wakes polls. Once closed, drops it. */
  public void execute(Runnable task) {
    following.execute(task);
  }

  /** Runs the look of a poll that reads a store. Once closed, drops it. */
  public void read(Runnable look) {
    looks.execute(look);
  }

  /** Runs the look of an application service's poll. Dropped after close. */
  public void serve(Runnable look) {
    serviceLooks.execute(look);
  }

  /** Runs a task that neither following nor polls wait for, one at a time. Once closed, drops it. */
  public void aside(Runnable task) {
    aside.execute(task);
  }

  /**
   * Returns the executor that runs snapshots, single events and pages. Once closed, it refuses tasks with waiting
   * callers.
   */
  public Executor snapshots() {
    return snapshots;
  }

  /** Runs a call on the lane of snapshots, and returns the future of its result. */
  public <V> CompletableFuture<V> call(Supplier<V> call) {
    CompletableFuture<V> answer = new CompletableFuture<>();
    snapshots.execute(new Lane.Awaited() {
      @Override
      public void run() {
        try {
          V value = call.get();
          ThreadContext.answer(() -> answer.complete(value));
        } catch (Throwable e) {
          refuse(e);
        }
      }

      @Override
      public void refuse(Throwable reason) {
        ThreadContext.answer(() -> answer.completeExceptionally(reason));
      }
    });
    return answer;
  }

  /**
   * Executes a task like {@link #execute} if running it on this thread would nest it in the callback of another answer,
   * so that the stack would grow. Returns whether it did.
   */
  public boolean executeIfOnTop(Runnable task) {
    if (ThreadContext.isAnswering()) {
      execute(task);
      return true;
    }
    if (ThreadContext.isDeep()) {
      ThreadContext.handOverToNewThread(() -> execute(task));
      return true;
    }
    return false;
  }

  /** Runs a short task after a delay, once. Once closed, drops it. */
  @Override
  public Scheduled schedule(Runnable task, Duration delay) {
    if (closed) {
      return () -> {};
    }
    retries.startThread();
    long nanos = (delay.compareTo(LONGEST) < 0 ? delay : LONGEST).toNanos();
    Alarm alarm = new Alarm(this, task, nanoTime() + nanos);
    try {
      alarm.scheduleOn(scheduler);
      if (schedulerOutages.isOn()) {
        schedulerOutages.over(nanoTime(), "takes tasks again; refusals");
      }
    } catch (Throwable e) {
      if (!closed) {
        long now = nanoTime();
        schedulerOutages.happened(now, now, "refuses tasks, will be asked again soon", e);
        retries.add(alarm);
      }
    }
    return alarm;
  }

  @Override
  public long nanoTime() {
    return scheduler.nanoTime();
  }

  /** Drops waiting tasks, and refuses those with waiting callers. */
  @Override
  public void close() {
    closed = true;
    following.close();
    looks.close();
    serviceLooks.close();
    snapshots.close();
    aside.close();
    retries.close();
    if (ownTimer != null) {
      ownTimer.shutdownNow();
    }
    if (ownPool != null) {
      ownPool.shutdown();
    }
  }

  /** Offers a worker to the executor until it is accepted or the engine is closed, which is not reported. */
  void offer(Runnable worker) {
    if (closed) {
      return;
    }
    try {
      executor.execute(worker);
      if (executorOutages.isOn()) {
        executorOutages.over(nanoTime(), "takes tasks again; refusals");
      }
    } catch (Throwable e) {
      if (!closed) {
        long now = nanoTime();
        executorOutages.happened(now, now, "refuses tasks, will be asked again soon", e);
        schedule(() -> offer(worker), RETRY_INTERVAL);
      }
    }
  }

  /** Removes an alarm that is done from the scheduler. A failure is logged and has no other effect. */
  void cancel(Scheduled scheduled) {
    try {
      scheduled.cancel();
      if (cancelOutages.isOn()) {
        cancelOutages.over(nanoTime(), "removes canceled tasks again; failures");
      }
    } catch (Throwable e) {
      long now = nanoTime();
      cancelOutages.happened(
          now, now, "fails to remove canceled tasks, which do nothing when they run", e);
    }
  }

  /** Runs a worker on a new thread, or on this one if no thread can be made. */
  void runOnNewThread(Runnable worker) {
    try {
      spareThreads.newThread(worker).start();
    } catch (Throwable e) {
      worker.run();
    }
  }

  /** Runs a task of the engine. A failure is logged and does not affect other tasks. */
  void run(Runnable task) {
    try {
      task.run();
      if (taskOutages.isOn()) {
        taskOutages.over(nanoTime(), "succeeds again; failures");
      }
    } catch (Throwable e) {
      long now = nanoTime();
      taskOutages.happened(now, now, "failed", e);
    }
  }

  private static ThreadPoolExecutor newPool(int size) {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("matrix-sync"));
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
