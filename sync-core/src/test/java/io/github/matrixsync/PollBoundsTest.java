package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bounds of polls: as many are served as the bound allows, and one more when one has ended. */
class PollBoundsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  static List<Consumer<CompletableFuture<EventBatch>>> endings(Host host) {
    return List.of(
        poll -> poll.cancel(false),
        poll -> poll.completeExceptionally(new IllegalStateException("test")),
        poll -> host.message(ROOM, ALICE),
        poll -> host.time.advance(LONG));
  }

  @Test
  void pollsPerUser_exactlyTheBound_isServedAndOneMoreIsRefused() {
    host.start(host.bare().polls(PollSettings.DEFAULT.withPerUser(2)));
    CompletableFuture<EventBatch> first = host.park(BOB, null);
    CompletableFuture<EventBatch> second = host.park(BOB, null);
    CompletableFuture<EventBatch> third = host.park(BOB, null);

    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    assertRefused(third);
    assertThat(host.park(ALICE, null)).isNotDone();
    assertThat(polls().parked()).isEqualTo(3);
    assertThat(polls().refused()).isOne();
  }

  @Test
  void pollsPerUser_afterOneEndedInWhateverWay_servesAgain() {
    for (int way = 0; way < endings(host).size(); way++) {
      Host one = new Host();
      try (one) {
        one.start(one.bare().polls(PollSettings.DEFAULT.withPerUser(1)));
        one.room(ROOM, ALICE, BOB);
        StreamToken here = one.here();
        CompletableFuture<EventBatch> parked = one.park(BOB, here);
        assertRefused(one.park(BOB, here));

        endings(one).get(way).accept(parked);

        assertThat(parked).isDone();
        assertThat(one.park(BOB, null)).as("way " + way).isNotDone();
      }
    }
  }

  /** A client polls again as soon as it has its answer, also on the thread that completes the future. */
  @Test
  void pollsPerUser_askedAgainWithTheAnswer_isServed() {
    host.start(host.bare().polls(PollSettings.DEFAULT.withPerUser(1).withInAll(1)));
    host.room(ROOM, BOB);
    CompletableFuture<EventBatch> again =
        host.park(BOB, host.here()).thenCompose(batch -> host.park(BOB, batch.end()));
    host.message(ROOM, BOB);
    assertThat(again).isNotDone();

    host.message(ROOM, BOB);

    assertThat(again.join().chunk()).hasSize(1);
  }

  /** Whichever of a user's polls end, in whatever order, as many new ones are served. */
  @Test
  void pollsPerUser_anyOfThemEnd_thatManyAreServedAgain() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    host.start(host.bare().polls(PollSettings.DEFAULT.withPerUser(5)));
    List<CompletableFuture<EventBatch>> parked = new ArrayList<>();
    for (int round = 0; round < 500; round++) {
      while (parked.size() < 5) {
        parked.add(host.park(BOB, null));
      }
      assertThat(parked).as("seed " + seed).noneMatch(CompletableFuture::isDone);
      assertRefused(host.park(BOB, null));
      for (int ends = random.nextInt(6); ends > 0; ends--) {
        parked.remove(random.nextInt(parked.size())).cancel(false);
      }
    }
  }

  @Test
  void pollsPerUser_peeksAndServices_countToo() {
    host.start(host.bare().polls(PollSettings.DEFAULT.withPerUser(3)));
    host.world.create(ROOM, ALICE, "world_readable");
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM);
    CompletableFuture<EventBatch> peeking = host.engine().stream(BOB, null, LONG, peek);
    StreamOptions service = StreamOptions.DEFAULT.withService(
        ServiceNamespaces.of(List.of(Pattern.compile("@irc_.*")), List.of(), List.of()));
    assertThat(host.engine().stream(BOB, null, LONG, service)).isNotDone();
    host.park(BOB, null);

    assertRefused(host.park(BOB, null));
    assertRefused(host.engine().stream(BOB, null, LONG, peek));
    assertRefused(host.engine().stream(BOB, null, LONG, service));
    peeking.cancel(false);

    assertThat(host.park(BOB, null)).isNotDone();
  }

  @Test
  void pollsPerUser_peekOfAMember_isWokenByItsRoomAlone() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.room(World.room("other"), BOB);
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM);
    CompletableFuture<EventBatch> peeking = host.engine().stream(BOB, null, LONG, peek);

    host.message(World.room("other"), BOB);
    assertThat(polls().woken()).isZero();
    host.message(ROOM, ALICE);

    assertThat(peeking.join().chunk()).hasSize(1);
    assertThat(polls().woken()).isOne();
  }

  @Test
  void pollsInAll_exactlyTheBound_isServedAndOneMoreIsRefused() {
    host.start(host.bare().polls(PollSettings.DEFAULT.withInAll(2)));
    CompletableFuture<EventBatch> first = host.park(ALICE, null);
    assertThat(host.park(BOB, null)).isNotDone();

    assertRefused(host.park(CAROL, null));
    assertThat(polls().refused()).isOne();
    first.cancel(false);

    assertThat(host.park(CAROL, null)).isNotDone();
  }

  @Test
  void pollsInAll_refusedForTheUser_takesNoPlace() {
    host.start(host.bare().polls(PollSettings.DEFAULT.withPerUser(1).withInAll(2)));
    host.park(BOB, null);
    assertRefused(host.park(BOB, null));

    assertThat(host.park(ALICE, null)).isNotDone();
    assertRefused(host.park(CAROL, null));
  }

  @Test
  void pollsInAll_wrongToken_takesNoPlace() {
    host.start(host.bare().polls(PollSettings.DEFAULT.withInAll(1)));
    StreamToken ahead = StreamToken.of(99, 0, 0);
    assertThat(host.park(BOB, ahead)).isCompletedExceptionally();

    assertThat(host.park(BOB, null)).isNotDone();
  }

  @Test
  void observer_ofARefusedPoll_isToldAsManyEndsAsBeginnings() {
    AtomicInteger open = new AtomicInteger();
    host.start(host.bare()
        .polls(PollSettings.DEFAULT.withPerUser(1).withInAll(2))
        .observer(new PollObserver() {
          @Override
          public void pollBegan(UserId user) {
            open.incrementAndGet();
          }

          @Override
          public void pollEnded(UserId user) {
            open.decrementAndGet();
          }
        }));
    host.park(BOB, null);
    assertRefused(host.park(BOB, null));
    host.park(ALICE, null);
    assertRefused(host.park(CAROL, null));

    assertThat(open).hasValue(2);
  }

  @Test
  void polls_manyThreads_neverExceedTheBoundsAndLeaveNothing() throws Exception {
    int perUser = 3;
    int inAll = 5;
    host.start(SyncEngine.builder(host.events)
        .polls(PollSettings.DEFAULT.withPerUser(perUser).withInAll(inAll)));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        UserId user = i % 2 == 0 ? ALICE : BOB;
        tasks.add(() -> comeAndGo(user, 2_000));
      }
      int served = 0;
      for (Future<Integer> each : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        served += each.get();
      }
      assertThat(served).isGreaterThan(2_000);
    } finally {
      threads.shutdownNow();
    }
    assertThat(polls().parked()).isZero();
    List<CompletableFuture<EventBatch>> all = new ArrayList<>();
    for (int i = 0; i < perUser; i++) {
      all.add(host.park(ALICE, null));
    }
    for (int i = perUser; i < inAll; i++) {
      all.add(host.park(BOB, null));
    }
    assertThat(all).allSatisfy(poll -> assertThat(poll).isNotDone());
    assertRefused(host.park(ALICE, null));
    assertRefused(host.park(CAROL, null));
  }

  /** Parks two polls at a time and cancels them, and returns how many were served. */
  private int comeAndGo(UserId user, int times) {
    int served = 0;
    for (int i = 0; i < times; i++) {
      CompletableFuture<EventBatch> first = host.park(user, null);
      CompletableFuture<EventBatch> second = host.park(user, null);
      assertThat(host.engine().statistics().polls().parked()).isLessThanOrEqualTo(5);
      served += first.cancel(false) ? 1 : 0;
      served += second.cancel(false) ? 1 : 0;
    }
    return served;
  }

  private EngineStatistics.Polls polls() {
    return host.engine().statistics().polls();
  }

  private static void assertRefused(CompletableFuture<EventBatch> poll) {
    assertThat(poll).isCompletedExceptionally();
    Throwable failure = poll.<Throwable>handle((batch, thrown) -> thrown).join();
    assertThat(failure).isInstanceOf(LimitExceededException.class);
    assertThat(((LimitExceededException) failure).retryAfter()).isPositive();
  }
}
