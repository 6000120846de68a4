package io.github.matrixsync.testkit.internal.run;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An executor whose delays follow a world's time, and whose tasks run on the thread that acts or moves the time.
 * Waiting for a result that cannot come while the caller waits throws an exception. Thread-safe.
 */
public final class ScheduledWork extends AbstractExecutorService
    implements ScheduledExecutorService {
  private final Actions actions;
  private final Agenda agenda;

  public ScheduledWork(Timeline timeline, Actions actions) {
    this.actions = actions;
    agenda = new Agenda(timeline, actions);
  }

  @Override
  public void execute(Runnable task) {
    if (!agenda.offer(agenda.new Entry(task), 0)) {
      throw refused();
    }
  }

  static RejectedExecutionException refused() {
    return new RejectedExecutionException("the executor is shut down");
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
    return newTaskFor(Executors.callable(task, value));
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
    return new Answer<>(task, actions);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    requireNoReaction();
    return super.invokeAny(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    requireNoReaction();
    return super.invokeAny(tasks, timeout, unit);
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    requireNoReaction();
    return super.invokeAll(tasks);
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    requireNoReaction();
    return super.invokeAll(tasks, timeout, unit);
  }

  private void requireNoReaction() {
    if (actions.isActing()) {
      throw actions.failed(new IllegalStateException(
          "the tasks run after this reaction or task; do not wait for them there"));
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return schedule(Executors.callable(task), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return new Work<>(task, agenda, 0, false).begin(unit.toNanos(delay));
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
    Callable<?> call = Executors.callable(task);
    return new Work<>(call, agenda, period, isRate).begin(delay);
  }

  /** Takes no more tasks, and cancels the periodic ones. Those that run once run at their time. */
  @Override
  public void shutdown() {
    agenda.shutdown();
    for (Runnable task : agenda.tasks(false)) {
      if (task instanceof Work<?> work && work.isPeriodic()) {
        work.cancel(false);
      }
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    agenda.shutdown();
    return agenda.clear();
  }

  /**
   * Shuts down and cancels what is delayed, because no time passes while a caller waits. An executor of a JDK since 19
   * has this method, which would wait for ever by default.
   */
  public void close() {
    shutdown();
    for (Runnable task : agenda.tasks(true)) {
      if (task instanceof Work<?> work) {
        work.cancel(false);
      }
    }
  }

  @Override
  public boolean isShutdown() {
    return agenda.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return agenda.isTerminated();
  }

  /** As {@link #isTerminated}, without waiting: what waits for its time would not run while a caller waits. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return agenda.isTerminated();
  }
}
