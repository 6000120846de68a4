package io.github.matrixsync.testkit.internal.run;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A delayed or periodic task of a bridge. If it fails, the action during which it ran does too. Thread-safe. */
final class Work<V> extends Answer<V> implements RunnableScheduledFuture<V> {
  private final Actions actions;
  private final Agenda agenda;
  private final long period;
  private final boolean isRate;
  private volatile long due;
  private volatile Agenda.Entry entry;

  /**
   * Creates a task that is not scheduled yet.
   *
   * @param period in nanoseconds; zero for a task that runs once
   * @param isRate whether the period begins with the task, and not when it has ended
   */
  Work(Callable<V> task, Agenda agenda, long period, boolean isRate) {
    super(task, agenda.actions());
    this.actions = agenda.actions();
    this.agenda = agenda;
    this.period = period;
    this.isRate = isRate;
    entry = agenda.new Entry(this);
  }

  /**
   * Schedules it, and runs it at once if there is no delay and nobody acts.
   *
   * @throws RejectedExecutionException if the executor is shut down
   */
  Work<V> begin(long delay) {
    if (!scheduleIn(delay)) {
      throw ScheduledWork.refused();
    }
    return this;
  }

  private boolean scheduleIn(long delay) {
    due = agenda.now() + Math.max(0, delay);
    return agenda.offer(entry, delay);
  }

  @Override
  public void run() {
    if (!isPeriodic()) {
      super.run();
    } else if (runAndReset()) {
      entry = agenda.new Entry(this);
      if (!scheduleIn(isRate ? due + period - agenda.now() : period)) {
        cancel(false);
      }
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
    boolean isCancelled = super.cancel(false);
    agenda.remove(entry);
    return isCancelled;
  }

  private boolean waits() {
    return !isDone() && getDelay(TimeUnit.NANOSECONDS) > 0;
  }

  @Override
  String whyNot() {
    return waits()
        ? "the task is not due, and the world's time moves only by advance"
        : super.whyNot();
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    if (waits()) {
      throw actions.failed(new IllegalStateException(whyNot()));
    }
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (waits() && !actions.isActing()) {
      throw new TimeoutException("the world's time moves only by advance");
    }
    return super.get(timeout, unit);
  }

  @Override
  public boolean isPeriodic() {
    return period > 0;
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(due - agenda.now(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
  }
}
