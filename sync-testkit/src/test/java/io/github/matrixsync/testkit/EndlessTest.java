package io.github.matrixsync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.testkit.internal.run.StoryUpToHere;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bridge that tries again without a pause is stopped, and the action that set it off says so. */
@Timeout(30)
class EndlessTest {
  private static final String HINT = " ran more than 10,000 tasks, and no time passed; "
      + "does the bridge try again without a pause?";

  private final MatrixWorld world = smallWorld();
  private final ScheduledExecutorService executor = world.time().asScheduledExecutor();
  private final TestUser alice = world.user("alice");
  private final TestUser bot = world.user("bot");
  private final TestRoom room = alice.creates("here").with(bot);

  private static MatrixWorld smallWorld() {
    MatrixWorldBuilder builder = MatrixWorld.builder();
    builder.tasksPerAction = 10_000;
    return builder.build();
  }

  @AfterEach
  void close_afterwards_doesNothing() {
    assertThatCode(world::close).doesNotThrowAnyException();
  }

  private void failsWithHint(String action, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(AssertionError.class)
        .hasMessage(action + HINT)
        .satisfies(
            e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(StoryUpToHere.class));
  }

  private void repeat() {
    executor.execute(this::repeat);
  }

  private void repeatWithoutDelay() {
    executor.schedule(this::repeatWithoutDelay, 0, TimeUnit.SECONDS);
  }

  private void repeatOnTheTimeline() {
    world.time().schedule(this::repeatOnTheTimeline, Duration.ZERO);
  }

  /** Polls without waiting, after each answer that is no failure. */
  private void pollsAgain(StreamToken from) {
    CompletableFuture<Void> unused = world.engine().stream(bot.id(), from, Duration.ZERO)
        .thenAccept(batch -> pollsAgain(batch.end()));
  }

  /** Polls from the same token, whatever the answer is. */
  private void pollsTheSame(StreamToken from) {
    CompletableFuture<Void> unused = world.engine().stream(bot.id(), from, Duration.ofSeconds(30))
        .handle((batch, failure) -> {
          if (failure != null || batch.chunk().isEmpty()) {
            pollsTheSame(from);
          }
          return null;
        });
  }

  @Test
  void advance_toATaskThatExecutesItself_fails() {
    executor.schedule(this::repeat, 1, TimeUnit.SECONDS);

    failsWithHint("advance(PT1H)", () -> world.time().advance(Duration.ofHours(1)));
    assertThat(world.time().instant()).hasToString("2026-01-01T00:00:01Z");
  }

  @Test
  void advance_toATaskThatSchedulesItselfWithoutADelay_fails() {
    executor.schedule(this::repeatWithoutDelay, 1, TimeUnit.SECONDS);

    failsWithHint("advance(PT1H)", () -> world.time().advance(Duration.ofHours(1)));
  }

  @Test
  void advance_toATaskOfTheTimeThatSchedulesItselfWithoutADelay_fails() {
    world.time().schedule(this::repeatOnTheTimeline, Duration.ofSeconds(1));

    failsWithHint("advance(PT1H)", () -> world.time().advance(Duration.ofHours(1)));
  }

  @Test
  void advance_withATaskEachMillisecond_isNoEndlessLoop() {
    int[] runs = {0};
    executor.scheduleAtFixedRate(() -> runs[0]++, 1, 1, TimeUnit.MILLISECONDS);

    world.time().advance(Duration.ofSeconds(20));

    assertThat(runs).containsExactly(20_000);
  }

  @Test
  void execute_ofATaskThatExecutesItself_isThrownByTheNextAction() {
    repeat();

    failsWithHint("a call of the engine", () -> alice.says(room, "hi"));
  }

  @Test
  void says_toABotThatPollsWithoutWaiting_fails() {
    StreamToken end = world.engine().initialSync(bot.id(), 0).end();
    CompletableFuture<Void> unused = world.engine().stream(bot.id(), end, Duration.ofSeconds(30))
        .thenAccept(batch -> pollsAgain(batch.end()));

    failsWithHint("alice.says(here, \"hi\")", () -> alice.says(room, "hi"));
  }

  @Test
  void restarts_withABotThatRepeatsAnExpiredPoll_fails() {
    pollsTheSame(world.engine().initialSync(bot.id(), 0).end());

    failsWithHint("world.restarts(FORGETTING)", () -> world.restarts(Restart.FORGETTING));
  }

  @Test
  void snapshot_inAnEndlessLoop_fails() {
    Runnable task = () -> {
      repeat();
      bot.snapshot();
    };
    world.time().schedule(task, Duration.ofSeconds(1));

    failsWithHint("advance(PT1S)", () -> world.time().advance(Duration.ofSeconds(1)));
  }
}
