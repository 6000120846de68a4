package io.github.matrixsync.testkit;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.testkit.internal.run.StoryUpToHere;
import io.github.matrixsync.testkit.internal.server.Contents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reactions of bridges: their order, their failures, and endless reactions. */
class ReactionsTest {
  private final MatrixWorld world = MatrixWorld.create();
  private final TestUser alice = world.user("alice");
  private final TestUser bot = world.user("bot");
  private final TestRoom room = alice.creates("here").with(bot);

  /** Reacts to each message that a user gets, in a callback of the poll, as bridges do. */
  private void onMessage(TestUser user, Consumer<ClientEvent> reaction) {
    listen(user, null, reaction);
  }

  private void listen(TestUser user, @Nullable StreamToken from, Consumer<ClientEvent> reaction) {
    world.engine().stream(user.id(), from, Duration.ofSeconds(30)).thenAccept(batch -> {
      batch.chunk().stream()
          .filter(event -> event.type().equals("m.room.message"))
          .forEach(reaction);
      if (!world.engine().isClosed()) {
        listen(user, batch.end(), reaction);
      }
    });
  }

  @Test
  void says_toABotThatAnswersItself_failsAtOnce() {
    onMessage(bot, event -> bot.says(room, "again"));

    assertThatThrownBy(() -> alice.says(room, "hi"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("alice.says(here, \"hi\") caused more than 1,000 events; "
            + "the last ten: $997:test m.room.message of @bot:test in !here:test, ")
        .hasMessageEndingWith("; does the bridge answer itself?")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("story up to here"));
    assertThatCode(world::close).doesNotThrowAnyException();
  }

  @Test
  void says_toTwoBotsThatAnswerEachOther_failsAtTheBoundOfTheWorld() {
    try (MatrixWorld small = MatrixWorld.builder().eventsPerAction(20).build()) {
      TestUser one = small.user("one");
      TestUser two = small.user("two");
      TestRoom both = one.creates("both").with(two);
      answer(small, one, both);
      answer(small, two, both);

      assertThatThrownBy(() -> one.says(both, "hi"))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("one.says(both, \"hi\") caused more than 20 events");
    }
  }

  @Test
  void says_beyondABoundOfOne_isOneEvent() {
    try (MatrixWorld small = MatrixWorld.builder().eventsPerAction(1).build()) {
      TestUser one = small.user("one");
      assertThatThrownBy(() -> one.creates("here"))
          .hasMessageStartingWith("one.creates(\"here\") caused more than 1 event; ");
    }
  }

  private static void answer(MatrixWorld world, TestUser user, TestRoom room) {
    world.engine().stream(user.id(), null, Duration.ofSeconds(30)).thenAccept(batch -> {
      answer(world, user, room);
      batch.chunk().stream()
          .filter(event -> !event.sender().equals(Optional.of(user.id())))
          .forEach(event -> user.says(room, "to you"));
    });
  }

  @Test
  void advance_withAMessageAMinute_countsEachMomentAnew() {
    try (MatrixWorld small = MatrixWorld.builder().eventsPerAction(10).build()) {
      TestUser clock = small.user("clock");
      TestRoom hall = clock.creates("hall");
      small
          .time()
          .asScheduledExecutor()
          .scheduleAtFixedRate(() -> clock.says(hall, "tick"), 1, 1, TimeUnit.MINUTES);

      small.time().advance(Duration.ofMinutes(30));

      assertThat(clock.seen().stream().filter(event -> event.type().equals("m.room.message")))
          .hasSize(30);
    }
  }

  @Test
  void says_refusedInAReaction_isThrownByTheActionThatCausedIt() {
    TestRoom other = alice.creates("other");
    onMessage(bot, event -> bot.says(other, "echo"));

    assertThatThrownBy(() -> alice.says(room, "hi"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("@bot:test is not in !other:test (never joined)");
    assertThat(bot).isNotListening();
    assertThatCode(world::close).doesNotThrowAnyException();
  }

  @Test
  void says_refusedInAReactionThatHandlesIt_isNotThrownAgainIfTheWorldAllowsIt() {
    world.allowsRefusals();
    TestRoom other = alice.creates("other");
    onMessage(bot, event -> {
      try {
        bot.says(other, "echo");
      } catch (RefusedException e) {
        bot.joins(other);
      }
    });

    alice.says(room, "hi");

    assertThat(other.members()).contains(bot.id());
  }

  @ParameterizedTest
  @MethodSource
  void mistake_inAReaction_isThrownByTheActionThatCausedIt(Consumer<ReactionsTest> mistake) {
    onMessage(bot, event -> mistake.accept(this));

    assertThatThrownBy(() -> alice.says(room, "hi"))
        .satisfies(
            e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(StoryUpToHere.class));
    world.close();
  }

  static Stream<Named<Consumer<ReactionsTest>>>
      mistake_inAReaction_isThrownByTheActionThatCausedIt() {
    MatrixWorld other = MatrixWorld.create();
    TestUser carol = other.user("carol");
    TestRoom elsewhere = carol.creates("elsewhere");
    return Stream.of(
        named("no JSON", on -> on.bot.sends(on.room, "x.y", "nope")),
        named("state", on -> on.bot.sends(on.room, "m.room.member", "{}")),
        named("content of state", on -> on.bot.sets(on.room, "x.y", "", "nope")),
        named("account data", on -> on.bot.keeps("x.y", "nope")),
        named("no time", on -> on.bot.types(on.room, Duration.ZERO)),
        named("name of a user", on -> on.world.user("Al ice")),
        named("name of a room", on -> on.bot.creates("he re")),
        named("room of another world", on -> on.bot.says(elsewhere, "x")),
        named("user of another world", on -> on.bot.invites(on.room, carol)),
        named("power of another world's user", on -> on.room.power(carol, 5)),
        named("event", on -> on.bot.edits(EventId.parse("$77:test"), "x")),
        named("alias", on -> on.room.alias("x")),
        named("time", on -> on.world.time().advance(Duration.ofSeconds(-1))),
        named("assertion", on -> assertThat(on.alice).sawNothing()));
  }

  private static Named<Consumer<ReactionsTest>> named(
      String what, Consumer<ReactionsTest> mistake) {
    return Named.of(what, mistake);
  }

  @Test
  void says_onAnotherThreadInAReaction_isKeptForClose() throws InterruptedException {
    TestRoom other = alice.creates("other");
    Thread thread = new Thread(() -> {
      try {
        bot.says(other, "echo");
      } catch (RefusedException e) {
        // In a bridge's thread pool the exception would end up in a future that nobody reads.
      }
    });
    thread.start();
    thread.join();

    assertThatThrownBy(world::close).isInstanceOf(RefusedException.class);
    assertThatCode(world::close).doesNotThrowAnyException();
  }

  @Test
  void reaction_isQueuedBehindWhatCausedIt() {
    List<String> order = new ArrayList<>();
    onMessage(bot, event -> {
      order.add("begins " + event.id().orElseThrow());
      if (event.sender().equals(Optional.of(alice.id()))) {
        bot.says(room, "one");
        bot.says(room, "two");
      }
      order.add("ends " + event.id().orElseThrow());
    });

    alice.says(room, "hi");

    assertThat(order)
        .containsExactly(
            "begins $7:test", "ends $7:test",
            "begins $8:test", "ends $8:test",
            "begins $9:test", "ends $9:test");
  }

  @Test
  void says_onTwoThreads_bothSucceedAndTheStoryIsWhole() throws InterruptedException {
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (TestUser user : List.of(alice, bot)) {
      Thread thread = new Thread(() -> {
        try {
          begin.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        for (int i = 0; i < 100; i++) {
          user.says(room, "x");
        }
      });
      thread.start();
      threads.add(thread);
    }
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    world.close();

    assertThat(world.story().lines().filter(line -> line.contains("m.room.message of")))
        .hasSize(200)
        .doesNotHaveDuplicates();
  }

  /** Two threads that act in one room take the locks of the kit and of the room in one order. */
  @Test
  void says_besideAClientOfTheSameRoom_bothEnd() throws Exception {
    try (MatrixWorld busy = MatrixWorld.builder().eventsPerAction(10_000).build()) {
      TestUser carol = busy.user("carol");
      TestRoom lounge = carol.creates("lounge");
      Draft draft = Draft.message("m.room.message", Contents.text("m.text", "by HTTP"));
      Thread test = started(() -> carol.says(lounge, "in process"));
      Thread client = started(() -> busy.actions.serve(
          "a request", () -> busy.rooms.rooms().send(lounge.id(), carol.id(), draft)));
      test.join(TimeUnit.SECONDS.toMillis(60));
      client.join(TimeUnit.SECONDS.toMillis(60));

      assertThat(test.isAlive()).isFalse();
      assertThat(client.isAlive()).isFalse();
      assertThat(carol.seen().stream().filter(event -> event.type().equals("m.room.message")))
          .hasSize(4_000);
    }
  }

  /** Starts a thread that acts 2,000 times. */
  private static Thread started(Runnable action) {
    Thread thread = new Thread(() -> {
      for (int i = 0; i < 2_000; i++) {
        action.run();
      }
    });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void advance_besideAClient_waitsForItsTurn() throws Exception {
    Thread client =
        started(() -> world.actions.serve("a request", () -> world.rooms.joined(room.id())));
    for (int i = 0; i < 2_000 && client.isAlive(); i++) {
      world.time().advance(Duration.ofMillis(1));
    }
    client.join(TimeUnit.SECONDS.toMillis(60));

    assertThat(client.isAlive()).isFalse();
    world.close();
  }

  @Test
  void snapshot_inAReaction_doesNotWaitForEver() {
    List<Boolean> snapshots = new ArrayList<>();
    onMessage(bot, event -> snapshots.add(!bot.snapshot().messages(room.id()).isEmpty()));

    alice.says(room, "hi");

    assertThat(snapshots).containsExactly(true);
  }
}
