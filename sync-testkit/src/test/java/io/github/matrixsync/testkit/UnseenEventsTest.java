package io.github.matrixsync.testkit;

import static io.github.matrixsync.testkit.Expected.said;
import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not seen yet when it is purged or forgotten is seen before, and users see what comes afterwards. */
class UnseenEventsTest {
  private static final int RUNS = 20;
  private static final int MESSAGES = 30;

  /** What makes all that is unseen expire. */
  enum Expiry {
    PURGE,
    FORGETTING
  }

  private final MatrixWorld world = MatrixWorld.create();
  private final TestUser alice = world.user("alice");
  private final TestUser bob = world.user("bob");
  private final TestUser bot = world.user("bot");
  private final TestRoom room = alice.creates("here").with(bob, bot);

  @AfterEach
  void close() {
    world.close();
  }

  private static void expire(Expiry expiry, MatrixWorld world, TestRoom room) {
    if (expiry == Expiry.PURGE) {
      world.purges(room);
    } else {
      world.restarts(Restart.FORGETTING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterALostSignal_everythingIsSeen(Expiry expiry) {
    world.losesTheNextSignal();
    alice.says(room, "a");
    expire(expiry, world, room);
    alice.says(room, "b");

    assertThat(bob).sawMessages("a", "b");
    assertThat(alice).sawMessages("a", "b");
  }

  @ParameterizedTest
  @EnumSource
  void afterALostSignal_aUserWhoSawNothingYetSeesEverything(Expiry expiry) {
    TestUser carol = world.user("carol");
    world.losesTheNextSignal();
    carol.joins(room);
    expire(expiry, world, room);
    alice.says(room, "b");

    assertThat(carol).saw(Expected.joined(carol), said(alice, "b"));
  }

  @ParameterizedTest
  @EnumSource
  void afterAFailedRead_everythingIsSeen(Expiry expiry) {
    world.storeFails(1);
    alice.says(room, "a");
    expire(expiry, world, room);
    alice.says(room, "b");

    assertThat(bob).sawMessages("a", "b");
  }

  @ParameterizedTest
  @EnumSource
  void ofALateCommit_isSeenAfterTheCommit(Expiry expiry) {
    LateCommit late = world.commitsLate(alice, user -> user.says(room, "late"));
    bob.says(room, "after");
    expire(expiry, world, room);
    late.commits();
    bob.says(room, "b");

    assertThat(alice).sawMessages("late", "after", "b");
    assertThat(bob).sawMessages("late", "after", "b");
    assertThat(bob.snapshot()).hasMessages(room, "late", "after", "b");
  }

  @ParameterizedTest
  @EnumSource
  void inAReaction_everythingIsSeen(Expiry expiry) {
    react(expiry, bot.snapshot().answer().end());
    alice.says(room, "ping");

    assertThat(bob).sawMessages("ping", "pong1", "pong2");
    assertThat(bot).sawMessages("ping", "pong1", "pong2");
  }

  private void react(Expiry expiry, StreamToken from) {
    world.engine().stream(bot.id(), from, Duration.ofMinutes(1)).thenAccept(batch -> {
      if (batch.chunk().stream().map(Body::of).anyMatch("ping"::equals)) {
        bot.says(room, "pong1");
        expire(expiry, world, room);
        bot.says(room, "pong2");
      }
    });
  }

  @ParameterizedTest
  @EnumSource
  void whileAnotherThreadTalks_everythingIsSeenOnce(Expiry expiry) throws InterruptedException {
    List<String> all = IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();
    for (int run = 0; run < RUNS; run++) {
      try (MatrixWorld other = MatrixWorld.create()) {
        TestUser talker = other.user("talker");
        TestUser listener = other.user("listener");
        TestRoom here = talker.creates("here").with(listener);
        CountDownLatch talks = new CountDownLatch(1);
        Thread talk = new Thread(() -> all.forEach(text -> {
          try {
            talker.says(here, text);
          } finally {
            talks.countDown();
          }
        }));
        talk.start();
        talks.await();
        IntStream.range(0, 5).forEach(i -> expire(expiry, other, here));
        talk.join();

        assertThat(listener).sawMessages(all.toArray(String[]::new));
      }
    }
  }

  @Test
  void ofThePresenceBeforeForgetting_nothingIsSeenAgain() {
    alice.shows(PresenceState.ONLINE);
    alice.types(room, Duration.ofMinutes(1));
    List<String> before = types(bob);
    world.restarts(Restart.FORGETTING);

    assertThat(types(bob)).isEqualTo(before);

    alice.shows(PresenceState.ONLINE);

    assertThat(types(bob)).hasSize(before.size() + 1).endsWith("m.presence");
  }

  private static List<String> types(TestUser user) {
    return user.seen().stream().map(ClientEvent::type).toList();
  }

  @Test
  void ofABridge_staysUnseen() {
    StreamToken before = bot.snapshot().answer().end();
    var poll = world.engine().stream(bot.id(), before, Duration.ofMinutes(1));
    world.losesTheNextSignal();
    alice.says(room, "a");
    world.purges(room);
    alice.says(room, "b");

    assertThat(poll).isCompletedExceptionally();
  }

  @Test
  void whoseStreamExpiredAllTheSame_isToldInTheStoryAndSeesWhatFollows() {
    world.losesTheNextSignal();
    alice.says(room, "a");
    world.server.allEvents.purge(world.server.allEvents.watermark());
    alice.says(room, "b");
    String once = world.story();
    alice.says(room, "c");

    assertThat(bob).sawMessages("c");
    assertThat(alice).sawMessages("c");
    assertThat(once)
        .containsOnlyOnce("@bob:test's stream has expired; what came since then was not seen");
    assertThat(world.story())
        .containsOnlyOnce("@bob:test's stream has expired; what came since then was not seen");
  }
}
