package io.github.matrixsync.testkit;

import static io.github.matrixsync.testkit.Expected.shown;
import static io.github.matrixsync.testkit.Expected.typing;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.ephemeral.PresenceState;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only the test moves the time, and when the call returns, all tasks that became due have run. */
class WorldTimeTest {
  private final MatrixWorld world = MatrixWorld.create();
  private final ScheduledExecutorService executor = world.time().asScheduledExecutor();
  private final TestUser alice = world.user("alice");
  private final TestUser bob = world.user("bob");
  private final TestRoom room = alice.creates("here").with(bob);
  private final Mark mark = world.mark();
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  private void does(String what) {
    done.add(what + " at " + Duration.ofNanos(world.time().nanoTime()));
  }

  @Test
  void advance_runsWhatIsDueInTheOrderOfItsTimes() {
    executor.schedule(() -> does("two"), 2, TimeUnit.SECONDS);
    executor.schedule(
        () -> {
          does("one");
          executor.schedule(() -> does("between"), 500, TimeUnit.MILLISECONDS);
        },
        1,
        TimeUnit.SECONDS);
    executor.schedule(() -> does("three"), 3, TimeUnit.SECONDS);

    world.time().advance(Duration.ofSeconds(2));

    assertThat(done).containsExactly("one at PT1S", "between at PT1.5S", "two at PT2S");
  }

  @Test
  void advanceToNext_stopsAtTheNextThing() {
    world.time().schedule(() -> does("it"), Duration.ofMillis(300));

    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofMillis(300));
    assertThat(done).containsExactly("it at PT0.3S");
  }

  @Test
  void advanceToNext_whenNothingHappens_takesADay() {
    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofDays(1));
    try (MatrixWorld empty = MatrixWorld.create()) {
      assertThat(empty.time().advanceToNext()).isEqualTo(Duration.ofDays(1));
    }
  }

  @Test
  void advanceToNext_goesToARetryAndToTheNextOne() {
    executor.scheduleWithFixedDelay(() -> does("retry"), 5, 300, TimeUnit.MINUTES);

    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofMinutes(5));
    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofMinutes(300));
    assertThat(done).containsExactly("retry at PT5M", "retry at PT5H5M");
  }

  @Test
  void advanceToNext_stopsAtTheEndOfAPollAndOfTyping() {
    var poll = world.engine().stream(bob.id(), null, Duration.ofMinutes(10));
    bob.types(room, Duration.ofMinutes(4));
    assertThat(poll).isDone();
    var later = world.engine().stream(bob.id(), null, Duration.ofMinutes(3));

    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofMinutes(3));
    assertThat(later).isDone();
    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofMinutes(1));
    assertThat(alice).since(mark).saw(typing(bob), typing());
  }

  @Test
  void advanceToNext_stopsAtChangesOfPresence() {
    bob.shows(PresenceState.ONLINE);

    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofMinutes(5));
    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofMinutes(25));
    assertThat(alice).since(mark).sawAtLeast(shown(bob, PresenceState.OFFLINE)).sawNothingMore();
    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void advanceToNext_afterALostSignal_stopsWhenTheEngineLooks() {
    world.losesTheNextSignal();
    alice.says(room, "lost");

    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ofHours(1));
    assertThat(bob).since(mark).saw(Expected.said(alice, "lost"));
  }

  @Test
  void advanceToNext_whenATaskIsDueAlready_takesNoTime() {
    world.time().schedule(() -> does("it"), Duration.ZERO);

    assertThat(world.time().advanceToNext()).isEqualTo(Duration.ZERO);
    assertThat(done).containsExactly("it at PT0S");
  }

  @Test
  void onAdvance_isCalledForEachStep() {
    Duration[] sum = {Duration.ZERO};
    world.time().onAdvance(by -> sum[0] = sum[0].plus(by));
    executor.schedule(() -> does("sum " + sum[0]), 7, TimeUnit.SECONDS);

    world.time().advance(Duration.ofSeconds(10));

    assertThat(sum[0]).isEqualTo(Duration.ofSeconds(10));
    assertThat(done).containsExactly("sum PT7S at PT7S");
  }

  @Test
  void clock_followsTheWorld() {
    world.time().advance(Duration.ofHours(1));

    assertThat(world.time().instant()).hasToString("2026-01-01T01:00:00Z");
    assertThat(world.time().withZone(ZoneId.of("Europe/Berlin")).instant())
        .isEqualTo(world.time().instant());
  }

  @Test
  void typing_endsByItself() {
    bob.types(room, Duration.ofSeconds(20));
    world.time().advance(Duration.ofSeconds(19));
    assertThat(alice).since(mark).saw(typing(bob));

    world.time().advance(Duration.ofSeconds(1));

    assertThat(alice).since(mark).saw(typing(bob), typing());
  }

  @Test
  void presence_ofAnIdleUser_becomesUnavailableThenOffline() {
    bob.shows(PresenceState.ONLINE);
    world.time().advance(Duration.ofMinutes(5));
    assertThat(alice)
        .since(mark)
        .saw(shown(bob, PresenceState.ONLINE), shown(bob, PresenceState.UNAVAILABLE));

    world.time().advance(Duration.ofMinutes(25));

    assertThat(alice).since(mark).sawAtLeast(shown(bob, PresenceState.OFFLINE)).sawNothingMore();
  }

  @Test
  void presence_ofAUserWhoActs_staysOrBecomesOnline() {
    bob.shows(PresenceState.ONLINE);
    world.time().advance(Duration.ofMinutes(4));
    bob.says(room, "still here");
    world.time().advance(Duration.ofMinutes(4));
    assertThat(alice).since(mark).sawAtLeast(Expected.said(bob, "still here")).sawNothingMore();

    world.time().advance(Duration.ofMinutes(4));
    bob.says(room, "back");

    assertThat(alice)
        .since(mark)
        .sawAtLeast(shown(bob, PresenceState.UNAVAILABLE), shown(bob, PresenceState.ONLINE));
  }

  @Test
  void presence_ofAUserWhoPolls_isNeverOffline() {
    bob.shows(PresenceState.ONLINE);
    var poll = world.engine().stream(bob.id(), null, Duration.ofHours(2));
    poll.thenAccept(batch -> world.engine().stream(bob.id(), batch.end(), Duration.ofHours(2)));
    world.time().advance(Duration.ofHours(1));

    assertThat(alice)
        .since(mark)
        .saw(shown(bob, PresenceState.ONLINE), shown(bob, PresenceState.UNAVAILABLE));
  }

  @Test
  void poll_of30Seconds_endsEmptyWhenItsTimeIsUp() {
    var poll = world.engine().stream(bob.id(), null, Duration.ofSeconds(30));
    world.time().advance(Duration.ofSeconds(29));
    assertThat(poll).isNotDone();

    world.time().advance(Duration.ofSeconds(1));

    assertThat(poll).isCompletedWithValueMatching(batch -> batch.chunk().isEmpty());
  }
}
