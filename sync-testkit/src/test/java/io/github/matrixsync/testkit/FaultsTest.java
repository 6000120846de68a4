package io.github.matrixsync.testkit;

import static io.github.matrixsync.testkit.Expected.said;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults of a server: lost signals, late commits, failed reads, purges and restarts. */
class FaultsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MatrixWorld world = MatrixWorld.create();
  private final TestUser alice = world.user("alice");
  private final TestUser bob = world.user("bob");
  private final TestRoom room = alice.creates("here").with(bob);
  private final StreamToken before = bob.snapshot().answer().end();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void losesTheNextSignal_engineFindsTheEventWithinTheHour() {
    var poll = world.engine().stream(bob.id(), before, Duration.ofHours(2));
    world.losesTheNextSignal();
    alice.says(room, "hi");
    assertThat(poll).isNotDone();
    assertThat(bob).sawMessages();

    world.time().advance(Duration.ofHours(1));

    assertThat(poll).isDone();
    assertThat(bob).sawMessages("hi");
  }

  @Test
  void losesTheNextSignal_losesOneOnly() {
    world.losesTheNextSignal();
    alice.says(room, "one");
    alice.says(room, "two");

    assertThat(bob).sawMessages("one", "two");
  }

  @Test
  void losesTheNextSignal_calledTwice_losesTwo() {
    world.losesTheNextSignal();
    world.losesTheNextSignal();
    alice.says(room, "one");
    alice.says(room, "two");
    assertThat(bob).sawMessages();

    alice.says(room, "three");

    assertThat(bob).sawMessages("one", "two", "three");
  }

  @Test
  void losesTheNextSignal_pollThatBeginsLaterFindsTheEvent() {
    var parked = world.engine().stream(bob.id(), before, MINUTE);
    world.losesTheNextSignal();
    alice.says(room, "hi");
    assertThat(parked).isNotDone();

    var later = world.engine().stream(alice.id(), before, MINUTE);

    assertThat(later).isCompletedWithValueMatching(batch -> batch.chunk().size() == 1);
    assertThat(parked).isDone();
    assertThat(bob).sawMessages("hi");
  }

  @Test
  void losesTheNextSignal_pollThatTimesOutFindsTheEvent() {
    var parked = world.engine().stream(bob.id(), before, MINUTE);
    world.losesTheNextSignal();
    alice.says(room, "hi");

    world.time().advance(MINUTE);

    assertThat(parked).isCompletedWithValueMatching(batch -> batch.chunk().size() == 1);
    assertThat(alice).sawMessages("hi");
  }

  @Test
  void commitsLate_delaysLaterEventsToo() {
    LateCommit late = world.commitsLate(alice, user -> user.says(room, "late"));
    bob.says(room, "early");
    assertThat(bob).sawMessages();
    assertThat(bob.snapshot()).hasMessages(room);

    late.commits();

    assertThat(bob).sawMessages("late", "early");
    assertThat(bob.snapshot()).hasMessages(room, "late", "early");
  }

  @Test
  void commits_inTheStory_saysHowManyEvents() {
    world.commitsLate(alice, user -> user.says(room, "one")).commits();
    world
        .commitsLate(alice, user -> {
          user.says(room, "two");
          user.says(room, "three");
        })
        .commits();

    assertThat(world.story())
        .contains("the late commit of 1 event\n")
        .contains("the late commit of 2 events\n");
  }

  @Test
  void commitsLate_cannotBeSeenBefore() {
    LateCommit late = world.commitsLate(alice, user -> user.says(room, "late"));
    var event = EventId.parse("$7:test");
    assertThat(bob).cannotSee(event);

    late.commits();
    late.commits();

    assertThat(bob).canSee(event).sawMessages("late");
  }

  @Test
  void commitsLate_whoseActionThrows_commitsWhatWasDone() {
    List<String> seen = new ArrayList<>();
    listen(before, seen);
    IllegalStateException failure = new IllegalStateException("half done");

    assertThatThrownBy(() -> world.commitsLate(alice, user -> {
          user.says(room, "half");
          throw failure;
        }))
        .isSameAs(failure);
    assertThat(bob).sawMessages("half");
    assertThat(seen).containsExactly("half");
    alice.says(room, "after");

    assertThat(bob).sawMessages("half", "after");
    assertThat(world.story()).contains("the late commit of 1 event");
  }

  @Test
  void commitsLate_reactionToAFailedAction_isCommitted() {
    world.engine().stream(bob.id(), before, MINUTE).thenAccept(batch -> bob.says(room, "re"));

    assertThatThrownBy(() -> world.commitsLate(alice, user -> {
          user.says(room, "half");
          user.sets(room, "m.room.name", "", "no JSON");
        }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(alice).sawMessages("half", "re");
  }

  @Test
  void commitsLate_userOfAnotherWorld_isRefused() {
    try (MatrixWorld other = MatrixWorld.create()) {
      TestUser carol = other.user("carol");

      assertThatThrownBy(() -> world.commitsLate(carol, user -> user.creates("there")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("@carol:test is a user of another world");
      assertThat(carol).sawNothing();
      alice.says(room, "hi");
      assertThat(bob).sawMessages("hi");
    }
  }

  @Test
  void storeFails_failsThisManyReads() {
    world.restarts();
    world.storeFails(1);

    assertThatThrownBy(() -> world.engine().initialSync(bob.id(), 10))
        .isInstanceOf(StoreException.class)
        .hasMessage("the test made this read fail");
    assertThat(world.engine().initialSync(bob.id(), 10).rooms()).hasSize(1);
  }

  @Test
  void storeFails_delaysWhatIsNewUntilTheEngineLooksAgain() {
    world.storeFails(1);
    alice.says(room, "hi");

    assertThat(bob).sawMessages();

    world.time().advance(Duration.ofHours(1));

    assertThat(bob).sawMessages("hi");
  }

  @Test
  void storeFailsOnce_parkedPollStaysParked() {
    var parked = world.engine().stream(bob.id(), before, MINUTE);
    world.storeFails(1);
    alice.says(room, "one");
    assertThat(parked).isNotDone();

    alice.says(room, "two");

    assertThat(parked).isCompletedWithValueMatching(batch -> batch.chunk().size() == 2);
    assertThat(bob).sawMessages("one", "two");
  }

  @Test
  void storeFailsTwice_pollThatTimesOutFails() {
    var parked = world.engine().stream(bob.id(), before, MINUTE);
    world.storeFails(2);
    alice.says(room, "one");
    assertThat(parked).isNotDone();

    world.time().advance(MINUTE);

    assertThatThrownBy(parked::join).hasCauseInstanceOf(StoreException.class);
    alice.says(room, "two");
    assertThat(bob).sawMessages("one", "two");
  }

  @Test
  void storeFailsTwice_pollThatBeginsFails() {
    world.storeFails(2);
    alice.says(room, "one");

    assertThatThrownBy(() -> world.engine().stream(bob.id(), before, MINUTE).join())
        .hasCauseInstanceOf(StoreException.class);
    assertThat(world.engine().stream(bob.id(), before, MINUTE))
        .isCompletedWithValueMatching(batch -> batch.chunk().size() == 1);
  }

  @Test
  void storeFails_readsOfTheTestThrowTheFailure() {
    EventId event = alice.says(room, "hi");
    world.restarts();

    world.storeFails(1);
    assertThatThrownBy(() -> assertThat(bob).canSee(event)).isInstanceOf(StoreException.class);
    world.storeFails(1);
    assertThatThrownBy(() -> assertThat(alice).cannotSee(event)).isInstanceOf(StoreException.class);
    world.storeFails(1);
    assertThatThrownBy(bob::snapshot).isInstanceOf(StoreException.class);
    assertThat(bob).canSee(event);
  }

  @Test
  void restarts_keepsTokens() {
    var engine = world.engine();
    var poll = engine.stream(bob.id(), before, MINUTE);
    world.restarts();
    assertThat(poll).isCompletedWithValueMatching(batch -> batch.chunk().isEmpty());
    assertThat(engine.isClosed()).isTrue();

    alice.says(room, "hi");

    assertThat(world.engine().stream(bob.id(), before, MINUTE))
        .isCompletedWithValueMatching(batch -> batch.chunk().size() == 1);
    assertThat(bob).sawAtLeast(said(alice, "hi")).sawNothingMore();
  }

  @Test
  void restarts_whoPollsAgainInTheCallback_findsTheNextEngine() {
    List<String> seen = new ArrayList<>();
    listen(before, seen);
    world.restarts();
    alice.says(room, "hi");

    assertThat(seen).containsExactly("hi");
  }

  private void listen(StreamToken from, List<String> seen) {
    world.engine().stream(bob.id(), from, MINUTE).thenAccept(batch -> {
      batch.chunk().forEach(event -> seen.add(Body.of(event)));
      listen(batch.end(), seen);
    });
  }

  @Test
  void restartsForgetting_expiresTokens() {
    alice.says(room, "before");
    StreamToken last = bob.snapshot().answer().end();
    world.restarts(Restart.FORGETTING);
    assertThatThrownBy(() -> world.engine().stream(bob.id(), last, MINUTE).join())
        .hasCauseInstanceOf(TokenExpiredException.class);
    alice.says(room, "after");

    assertThatThrownBy(() -> world.engine().stream(bob.id(), before, MINUTE).join())
        .hasCauseInstanceOf(TokenExpiredException.class);
    assertThat(bob).sawMessages("before", "after");
    assertThat(bob.snapshot()).hasMessages(room, "before", "after");
  }

  @Test
  void purges_expiresTokensAndDropsMessages() {
    alice.says(room, "hi");
    world.purges(room);
    world.restarts();

    assertThatThrownBy(() -> world.engine().stream(bob.id(), before, MINUTE).join())
        .hasCauseInstanceOf(TokenExpiredException.class);
    assertThat(bob.snapshot()).hasJoined(room).hasMessages(room);
    alice.says(room, "again");
    assertThat(bob).sawMessages("hi", "again");
  }
}
