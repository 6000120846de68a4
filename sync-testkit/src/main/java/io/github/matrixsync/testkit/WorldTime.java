package io.github.matrixsync.testkit;

import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.testkit.internal.run.Actions;
import io.github.matrixsync.testkit.internal.run.ScheduledWork;
import io.github.matrixsync.testkit.internal.run.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The time of a world: a clock and a scheduler for the bridge under test, which only the test moves. Thread-safe.
 *
 * @since 0.1.0
 */
public final class WorldTime extends Clock implements Scheduler {
  /** The longest time of a world: a {@code long} counts its nanoseconds, which lasts for 292 years. */
  private static final Duration LONGEST = Duration.ofDays(200 * 365L);

  private static final Duration LONGEST_SEARCH = Duration.ofDays(1);

  private final Timeline timeline;
  private final Actions actions;
  private final MatrixWorld world;
  private final ZoneId zone;
  private final List<Consumer<Duration>> hooks;

  WorldTime(Timeline timeline, Actions actions, MatrixWorld world) {
    this(timeline, actions, world, ZoneOffset.UTC, new CopyOnWriteArrayList<>());
  }

  private WorldTime(
      Timeline timeline,
      Actions actions,
      MatrixWorld world,
      ZoneId zone,
      List<Consumer<Duration>> hooks) {
    this.timeline = timeline;
    this.actions = actions;
    this.world = world;
    this.zone = zone;
    this.hooks = hooks;
  }

  /**
   * Lets time pass. Tasks that become due run on this thread, in the order of their times, each with the clock at its
   * time. When this returns, they and everything that they caused are done. If another thread is acting, such as one
   * that answers a request, time begins to pass when its action has ended. If more than 1,000,000 tasks run at one
   * moment, time stops there.
   *
   * @param by zero or more
   * @throws IllegalStateException if time is being moved already, if this is called in a reaction, or if the action of
   *     another thread does not end within 5 seconds of real time
   * @throws AssertionError if the tasks of one moment do not end
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw actions.failed(new IllegalArgumentException("time does not go back, got " + by));
    }
    if (by.compareTo(LONGEST.minusNanos(timeline.nanoTime())) > 0) {
      throw actions.failed(
          new IllegalArgumentException("a world's time ends after 200 years, got " + by));
    }
    move("advance(" + by + ")", timeline.nanoTime() + by.toNanos());
  }

  /**
   * Lets time pass until something happens: a task of the bridge runs, a poll ends, typing or presence changes, a
   * transaction is tried again, or a request that was held up is answered. Times at which only the engine looks at its
   * stores, without finding anything new, are passed over. A poll ends at its own timeout too: if a bot polls for 30
   * seconds at a time, time passes by at most 30 seconds. If nothing happens, a day passes.
   *
   * @return how much time passed; zero if something was due already, one day if nothing happened
   * @throws IllegalStateException as {@link #advance} does
   * @throws AssertionError if the tasks of one moment do not end
   */
  public Duration advanceToNext() {
    return world.actAlone("advanceToNext()", () -> {
      long before = timeline.nanoTime();
      long last = before + LONGEST_SEARCH.toNanos();
      long known = timeline.happenings();
      boolean goesOn = true;
      while (goesOn && timeline.happenings() == known && timeline.nanoTime() < last) {
        goesOn = step(Math.min(last, timeline.next().orElse(last)));
      }
      return Duration.ofNanos(timeline.nanoTime() - before);
    });
  }

  private void move(String what, long until) {
    world.actAlone(what, () -> {
      boolean goesOn = true;
      while (goesOn && timeline.nanoTime() < until) {
        goesOn = step(Math.min(until, timeline.next().orElse(until)));
      }
      return goesOn && step(until);
    });
  }

  /** Moves the time to a moment, and runs the tasks that are due then; returns false if these do not end. */
  private boolean step(long moment) {
    long by = moment - timeline.nanoTime();
    timeline.moveTo(moment);
    if (by > 0) {
      actions.timePassed();
      hooks.forEach(hook -> actions.run(() -> hook.accept(Duration.ofNanos(by))));
      actions.settle();
    }
    while (isDue(moment) && actions.mayRunAnother()) {
      actions.countAnew();
      timeline.takeDue().ifPresent(actions::run);
      actions.settle();
    }
    return !actions.isEndless();
  }

  private boolean isDue(long moment) {
    return timeline.next().filter(next -> next <= moment).isPresent();
  }

  /**
   * Returns an executor for the bridge's own delays, whose tasks run on the thread that advances the time. A task
   * without a delay runs at once, or after the current action and the reactions that are queued already. A task of
   * {@code execute} or {@code schedule} that throws fails the action or advance during which it ran; the other methods
   * leave this to the task's future.
   *
   * <p>Waiting for a task that cannot run meanwhile throws {@link IllegalStateException}: that is one that is not due,
   * and in a reaction or a task any that has not run. With a limit, waiting for one that is not due throws {@link
   * TimeoutException} outside reactions. But {@code CompletableFuture.join()} in a reaction, for the result of a task
   * of this executor, waits for ever.
   *
   * <p>After {@code shutdown()} a delayed task still runs at its time, as in the executors of the JDK, unless the world
   * is closed before; periodic tasks end. {@code shutdownNow()} returns the tasks that have not begun. {@code
   * awaitTermination} does not wait, because no time would pass: it returns whether all tasks have ended. {@code
   * close()}, which executors have since JDK 19, cancels delayed tasks.
   *
   * <p>Each call returns a new executor.
   */
  public ScheduledExecutorService asScheduledExecutor() {
    return new ScheduledWork(timeline, actions);
  }

  /**
   * Adds a hook that is called whenever time has moved, with the duration of the step, before the tasks that are due
   * then run. It serves to advance a virtual time scheduler of Reactor or of coroutines by the same duration.
   */
  public void onAdvance(Consumer<Duration> hook) {
    hooks.add(hook);
  }

  @Override
  public Scheduled schedule(Runnable task, Duration delay) {
    return timeline.schedule(task, delay);
  }

  @Override
  public long nanoTime() {
    return timeline.nanoTime();
  }

  @Override
  public Instant instant() {
    return timeline.instant();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new WorldTime(timeline, actions, world, other, hooks);
  }
}
