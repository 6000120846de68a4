package io.github.matrixsync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.testkit.internal.run.ScheduledWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The executor of a world: its order, its end as in the JDK, and waiting for its tasks. */
@Timeout(30)
class ExecutorTest {
  private static final String TASK_RUNS_AFTER =
      "the task runs after this reaction or task; do not wait for it there";
  private static final String TASKS_RUN_AFTER =
      "the tasks run after this reaction or task; do not wait for them there";
  private static final String NOT_DUE =
      "the task is not due, and the world's time moves only by advance";
  private static final long ANY = 1;

  private final MatrixWorld world = MatrixWorld.create();
  private final ScheduledExecutorService executor = world.time().asScheduledExecutor();
  private final TestUser alice = world.user("alice");
  private final TestUser bot = world.user("bot");
  private final TestRoom room = alice.creates("here").with(bot);
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  private void does(String what) {
    done.add(what + " at " + Duration.ofNanos(world.time().nanoTime()));
  }

  @Test
  void execute_runsAtOnce_andWithinAReactionBehindIt() {
    executor.execute(() -> {
      executor.execute(() -> does("inner"));
      does("outer");
    });

    assertThat(done).containsExactly("outer at PT0S", "inner at PT0S");
  }

  @Test
  void scheduleAtFixedRate_goesOnUntilCancelled() {
    var ticks = executor.scheduleAtFixedRate(() -> does("tick"), 0, 10, TimeUnit.SECONDS);
    world.time().advance(Duration.ofSeconds(20));
    ticks.cancel(false);
    world.time().advance(Duration.ofSeconds(20));

    assertThat(done).containsExactly("tick at PT0S", "tick at PT10S", "tick at PT20S");
  }

  @Test
  void scheduleWithFixedDelay_thatFails_isThrownByTheAdvance() {
    executor.scheduleWithFixedDelay(
        () -> {
          throw new IllegalArgumentException("no");
        },
        1,
        1,
        TimeUnit.SECONDS);

    assertThatThrownBy(() -> world.time().advance(Duration.ofSeconds(5)))
        .hasMessage("a scheduled task of the bridge failed")
        .hasRootCauseMessage("no");
    assertThat(done).isEmpty();
  }

  @Test
  void get_ofATaskThatIsNotDue_saysHowToMoveTheTime() throws Exception {
    var answer = executor.schedule(() -> "done", 1, TimeUnit.MINUTES);

    assertThatThrownBy(answer::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the task is not due, and the world's time moves only by advance");
    assertThatThrownBy(() -> answer.get(ANY, TimeUnit.HOURS)).isInstanceOf(TimeoutException.class);
    assertThat(answer.getDelay(TimeUnit.SECONDS)).isEqualTo(60);
    world.time().advance(Duration.ofMinutes(1));
    assertThat(answer.get()).isEqualTo("done");
  }

  @Test
  void schedule_withoutADelay_runsAtOnce() {
    executor.schedule(() -> does("once"), 0, TimeUnit.SECONDS);
    executor.scheduleAtFixedRate(() -> does("tick"), 0, 10, TimeUnit.SECONDS);

    assertThat(done).containsExactly("once at PT0S", "tick at PT0S");
  }

  @Test
  void cancel_ofARepeatedTaskThatBeganAtOnce_endsIt() {
    var ticks = executor.scheduleWithFixedDelay(() -> does("tick"), 0, 10, TimeUnit.SECONDS);
    ticks.cancel(false);
    executor.shutdown();

    assertThat(executor.isTerminated()).isTrue();
    world.time().advance(Duration.ofSeconds(10));
    assertThat(done).containsExactly("tick at PT0S");
  }

  @Test
  void shutdown_letsDelayedTasksRun_andEndsPeriodicOnes() throws Exception {
    executor.schedule(() -> does("late"), 1, TimeUnit.SECONDS);
    var ticks = executor.scheduleAtFixedRate(() -> does("tick"), 1, 1, TimeUnit.SECONDS);
    executor.shutdown();

    assertThatThrownBy(() -> executor.execute(() -> {})).hasMessage("the executor is shut down");
    assertThat(ticks.isCancelled()).isTrue();
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.awaitTermination(1, TimeUnit.HOURS)).isFalse();
    world.time().advance(Duration.ofSeconds(2));
    assertThat(done).containsExactly("late at PT1S");
    assertThat(executor.awaitTermination(1, TimeUnit.HOURS)).isTrue();
  }

  @Test
  void shutdown_inItsPeriodicTask_isTheLastRun() {
    executor.scheduleAtFixedRate(
        () -> {
          executor.shutdown();
          does("tick, terminated: " + executor.isTerminated());
        },
        1,
        1,
        TimeUnit.SECONDS);
    world.time().advance(Duration.ofSeconds(5));

    assertThat(done).containsExactly("tick, terminated: false at PT1S");
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void shutdownNow_returnsTheTasksThatHaveNotBegun() {
    List<Runnable> left = new ArrayList<>();
    Runnable queued = () -> does("queued");
    var delayed = executor.schedule(() -> does("late"), 1, TimeUnit.SECONDS);
    executor.execute(() -> {
      executor.execute(queued);
      left.addAll(executor.shutdownNow());
    });
    world.time().advance(Duration.ofSeconds(2));

    assertThat(left).containsExactly((Runnable) delayed, queued);
    assertThat(done).isEmpty();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void close_cancelsWhatIsDelayed() {
    var delayed = executor.schedule(() -> does("late"), 1, TimeUnit.SECONDS);
    ((ScheduledWork) executor).close();

    assertThat(delayed.isCancelled()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
  }

  static Stream<Refused> waiting() {
    List<Callable<Integer>> tasks = List.of(() -> 1);
    return Stream.of(
        new Refused(TASK_RUNS_AFTER, x -> x.submit(() -> 1).get()),
        new Refused(TASK_RUNS_AFTER, x -> x.submit(() -> {}).get(ANY, TimeUnit.HOURS)),
        new Refused(
            TASK_RUNS_AFTER, x -> x.schedule(() -> 1, 0, TimeUnit.SECONDS).get()),
        new Refused(NOT_DUE, x -> x.schedule(() -> 1, 1, TimeUnit.SECONDS).get()),
        new Refused(
            NOT_DUE, x -> x.schedule(() -> 1, 1, TimeUnit.SECONDS).get(ANY, TimeUnit.HOURS)),
        new Refused(TASKS_RUN_AFTER, x -> x.invokeAll(tasks)),
        new Refused(TASKS_RUN_AFTER, x -> x.invokeAll(tasks, 1, TimeUnit.HOURS)),
        new Refused(TASKS_RUN_AFTER, x -> x.invokeAny(tasks)),
        new Refused(TASKS_RUN_AFTER, x -> x.invokeAny(tasks, 1, TimeUnit.HOURS)));
  }

  /** Something that a bridge does with the executor. */
  interface Wait {
    void on(ScheduledExecutorService executor) throws Exception;
  }

  private record Refused(String message, Wait call) {}

  private void waits(Wait wait) {
    try {
      wait.on(executor);
    } catch (IllegalStateException e) {
      does(e.getMessage());
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void wait_inAReaction_isRefused(Refused wait) {
    CompletableFuture<Void> unused = world.engine().stream(bot.id(), null, Duration.ofSeconds(30))
        .thenAccept(batch -> waits(wait.call));

    assertThatThrownBy(() -> alice.says(room, "hi"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(wait.message);
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void wait_inATask_isRefused(Refused wait) {
    executor.schedule(() -> waits(wait.call), 1, TimeUnit.MINUTES);

    assertThatThrownBy(() -> world.time().advance(Duration.ofMinutes(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(done).containsExactly(wait.message + " at PT1M");
  }

  @Test
  void wait_inATest_hasTheResults() throws Exception {
    assertThat(executor.submit(() -> "done").get()).isEqualTo("done");
    Callable<String> task = () -> "any";
    assertThat((Object) executor.invokeAny(List.of(task))).isEqualTo("any");
    assertThat(executor.invokeAll(List.of(task)).get(0).get()).isEqualTo("any");
  }
}
