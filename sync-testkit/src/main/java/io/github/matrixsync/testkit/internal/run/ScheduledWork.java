package io.github.matrixsync.testkit.internal.run;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An executor whose delays follow a world's time, and whose tasks run on the thread that acts or moves the time.
 * Waiting for a result that is not there yet throws an exception. Thread-safe.
 */
public final class ScheduledWork extends AbstractExecutorService
    implements ScheduledExecutorService {
  private final Timeline timeline;
  private final Actions actions;
  private volatile boolean isShutdown;

  public ScheduledWork(Timeline timeline, Actions actions) {
    this.timeline = timeline;
    this.actions = actions;
  }

  @Override
  public void execute(Runnable task) {
    requireOpen();
    actions.execute(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return begin(new Work<>(Executors.callable(task), 0, false), unit.toNanos(delay));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return begin(new Work<>(task, 0, false), unit.toNanos(delay));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long initialDelay, long period, TimeUnit unit) {
    return repeat(task, unit.toNanos(initialDelay), unit.toNanos(period), true);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return repeat(task, unit.toNanos(initialDelay), unit.toNanos(delay), false);
  }

  private ScheduledFuture<?> repeat(Runnable task, long delay, long period, boolean isRate) {
    if (period <= 0) {
      throw new IllegalArgumentException("a period must be positive, got " + period + " ns");
    }
    return begin(new Work<>(Executors.callable(task), period, isRate), delay);
  }

  private <V> Work<V> begin(Work<V> work, long delay) {
    requireOpen();
    work.scheduleIn(delay);
    return work;
  }

  private void requireOpen() {
    if (isShutdown) {
      throw new RejectedExecutionException("the executor is shut down");
    }
  }

  @Override
  public void shutdown() {
    isShutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    isShutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return isShutdown;
  }

  /** As {@link #isShutdown}: a task cannot be running while a caller asks. */
  @Override
  public boolean isTerminated() {
    return isShutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown;
  }

  private final class Work<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private final long period;
    private final boolean isRate;
    private long due;
    private Scheduler.@Nullable Scheduled waiting;

    private Work(Callable<V> task, long period, boolean isRate) {
      super(task);
      this.period = period;
      this.isRate = isRate;
    }

    private void scheduleIn(long delay) {
      due = timeline.nanoTime() + Math.max(0, delay);
      waiting = timeline.schedule(this, Duration.ofNanos(Math.max(0, delay)));
    }

    @Override
    public void run() {
      if (isShutdown) {
        cancel(false);
      } else if (!isPeriodic()) {
        super.run();
      } else if (runAndReset()) {
        scheduleIn(isRate ? due + period - timeline.nanoTime() : period);
      }
    }

    @Override
    protected void setException(Throwable e) {
      super.setException(e);
      actions.run(() -> {
        throw new IllegalStateException("a scheduled task of the bridge failed", e);
      });
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      Scheduler.Scheduled now = waiting;
      if (now != null) {
        now.cancel();
      }
      return super.cancel(false);
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
      if (!isDone()) {
        throw new IllegalStateException(
            "the task is not due, and the world's time moves only by advance");
      }
      return super.get();
    }

    @Override
    public V get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      if (!isDone()) {
        throw new TimeoutException("the world's time moves only by advance");
      }
      return super.get();
    }

    @Override
    public boolean isPeriodic() {
      return period > 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - timeline.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
