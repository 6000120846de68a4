package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.internal.concurrent.TimerWheel;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.SteppedExecutor;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long polls wait, and that events win over the timeout. */
class PollTimesTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Host host = new Host();
  private final SteppedExecutor tasks = new SteppedExecutor(new Random(1));

  @RegisterExtension
  final Logged logged = new Logged();

  @BeforeEach
  void room() {
    host.start(host.bare());
    host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void runTasks() {
    while (tasks.step()) {
      // One after the other, until there are none.
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 300, 499, 1_001, 30_000})
  void stream_nothingHappens_waitsThatLongAndNoLonger(long millis) {
    CompletableFuture<EventBatch> poll =
        host.engine().stream(ALICE, null, Duration.ofMillis(millis));

    host.time.advance(Duration.ofMillis(millis).minus(TimerWheel.TICK));
    assertThat(poll).isNotDone();
    host.time.advance(TimerWheel.TICK);

    assertThat(poll).isDone();
    assertThat(answered(poll).chunk()).isEmpty();
    assertThat(answered(poll).end()).isEqualTo(answered(poll).start());
  }

  @Test
  void stream_somethingLiesBehindTheToken_doesNotWait() {
    StreamToken here = host.here();
    host.message(ROOM, ALICE);

    assertThat(host.park(BOB, here)).isDone();
  }

  /** Both tasks are queued when the time is up: the wake-up by an event and the last look. */
  @Test
  void stream_eventAndDeadlineAtTheSameInstant_givesTheEvent() {
    host.start(host.bare().executor(tasks));
    runTasks();
    CompletableFuture<EventBatch> poll = host.engine().stream(ALICE, null, LONG);
    runTasks();
    assertThat(poll).isNotDone();

    host.message(ROOM, ALICE);
    host.time.advance(LONG);
    assertThat(poll).isNotDone();
    runTasks();

    assertThat(answered(poll).chunk()).hasSize(1);
    assertThat(logged.entries()).singleElement().asString().contains("stream rooms stalls");
  }

  @Test
  void stream_storeSlowerThanTheTimeout_givesWhatThereIs() {
    StreamToken here = host.here();
    host.message(ROOM, ALICE);
    HookedEvents slow = new HookedEvents(host.events);
    host.start(host.bare(slow.store()));
    slow.before(method -> {
      if (Set.of("memberships", "log", "timelines").contains(method)) {
        host.time.advance(Duration.ofMillis(200));
      }
    });

    EventBatch batch = answered(host.engine().stream(BOB, here, Duration.ofMillis(100)));

    assertThat(batch.chunk()).hasSize(1);
  }

  @Test
  void stream_executorSlowerThanTheTimeout_givesWhatThereIs() {
    StreamToken here = host.here();
    host.message(ROOM, ALICE);
    host.start(host.bare().executor(tasks));
    CompletableFuture<EventBatch> poll = host.engine().stream(BOB, here, Duration.ofMillis(100));

    host.time.advance(LONG);
    runTasks();

    assertThat(answered(poll).chunk()).hasSize(1);
  }

  @Test
  void stream_wokenForNothingAgainAndAgain_endsInTime() {
    host.settings.setIgnored(ALICE, Set.of(BOB));
    CompletableFuture<EventBatch> poll = host.park(ALICE, null);
    for (int i = 0; i < 29; i++) {
      host.time.advance(Duration.ofSeconds(1));
      host.message(ROOM, BOB);
    }
    assertThat(poll).isNotDone();

    host.time.advance(Duration.ofSeconds(1));

    assertThat(answered(poll).chunk()).isEmpty();
    assertThat(answered(poll).end().room()).isEqualTo(host.events.watermark());
  }

  @Test
  void close_manyParkedInEveryWay_answersThemAll() {
    host.world.create(World.room("open"), ALICE, "world_readable");
    SyncEngine engine = host.engine();
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(World.room("open"));
    CompletableFuture<?>[] polls = {
      engine.stream(ALICE, null, LONG),
      engine.stream(ALICE, null, LONG),
      engine.stream(BOB, host.here(), LONG),
      engine.stream(BOB, null, LONG, peek),
      engine.stream(World.user("nobody"), null, LONG)
    };
    assertThat(polls).noneMatch(CompletableFuture::isDone);

    engine.close();

    assertThat(polls).allMatch(CompletableFuture::isDone);
    assertThat(polls).noneMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(engine.parked()).isZero();
  }
}
