package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How polls are answered while an engine drains before a shutdown. */
class DrainTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(1);

  private static final ServiceNamespaces NAMESPACES =
      ServiceNamespaces.of(List.of(Pattern.compile("@irc_.*")), List.of(), List.of());

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void drain_manyParked_areAnsweredEvenlyOverTheWindow() {
    List<CompletableFuture<EventBatch>> polls = parked(100);
    CompletableFuture<Void> drained = host.engine().drain(WINDOW);
    long last = 0;
    for (int tenth = 0; tenth < 100; tenth++) {
      long answered = done(polls);
      assertThat(answered).isBetween((long) tenth, tenth + 2L);
      assertThat(answered - last).isLessThanOrEqualTo(2);
      assertThat(drained.isDone()).isEqualTo(answered == 100);
      last = answered;
      host.time.advance(WINDOW.dividedBy(100));
    }

    assertThat(done(polls)).isEqualTo(100);
    assertThat(drained).isCompletedWithValue(null);
    assertThat(parkedNow()).isZero();
  }

  @Test
  void drain_parkedPoll_endsWithAnEmptyChunkAndAdvanced() {
    StreamToken here = host.here();
    CompletableFuture<EventBatch> poll = host.park(BOB, here);
    host.room(ROOM, ALICE);

    host.engine().drain(Duration.ZERO);

    assertThat(poll.join().chunk()).isEmpty();
    assertThat(poll.join().start()).isEqualTo(here);
    assertThat(poll.join().end()).isEqualTo(host.here());
    assertThat(poll.join().end().isAheadOf(here)).isTrue();
  }

  @Test
  void drain_everyKindOfPoll_isAnswered() {
    host.world.create(ROOM, ALICE, "world_readable");
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM);
    CompletableFuture<EventBatch> peeking = host.engine().stream(CAROL, null, LONG, peek);
    CompletableFuture<EventBatch> own = host.engine().stream(CAROL, null, LONG);
    StreamOptions service = StreamOptions.DEFAULT.withService(NAMESPACES);
    CompletableFuture<EventBatch> ofService = host.engine().stream(CAROL, null, LONG, service);

    host.engine().drain(WINDOW);
    host.time.advance(WINDOW);

    assertThat(List.of(peeking, own, ofService))
        .allSatisfy(poll -> assertThat(poll).isCompleted());
  }

  @Test
  void drain_eventMeanwhile_isDelivered() {
    host.room(ROOM, ALICE, BOB, CAROL);
    StreamToken here = host.here();
    List<CompletableFuture<EventBatch>> polls =
        List.of(host.park(ALICE, here), host.park(BOB, here), host.park(CAROL, here));
    CompletableFuture<Void> drained = host.engine().drain(WINDOW);
    assertThat(done(polls)).isOne();

    host.message(ROOM, ALICE);

    assertThat(done(polls)).isEqualTo(3);
    assertThat(polls.stream().filter(poll -> poll.join().chunk().size() == 1)).hasSize(2);
    host.time.advance(Duration.ofMillis(10));
    assertThat(drained).isCompleted();
  }

  @Test
  void drain_ownDeadlineEarlier_isKept() {
    parked(20);
    CompletableFuture<EventBatch> soon = host.engine().stream(BOB, null, Duration.ofMillis(100));
    host.engine().drain(WINDOW);
    host.time.advance(Duration.ofMillis(100));

    assertThat(soon).isCompleted();
    assertThat(parkedNow()).isGreaterThan(15);
  }

  @Test
  void drain_pollsThatBeginMeanwhile_areAnsweredByTheEndOfTheWindow() {
    parked(20);
    CompletableFuture<Void> drained = host.engine().drain(WINDOW);
    host.time.advance(WINDOW.dividedBy(2));
    List<CompletableFuture<EventBatch>> late = parked(200);
    assertThat(done(late)).isLessThan(20);
    host.time.advance(WINDOW.dividedBy(4));
    assertThat(done(late)).isBetween(50L, 150L);
    assertThat(drained).isNotDone();
    host.time.advance(WINDOW.dividedBy(4));

    assertThat(done(late)).isEqualTo(200);
    assertThat(drained).isCompleted();
  }

  @Test
  void drain_pollsThatBeginAfterwards_doNotWait() {
    host.room(ROOM, BOB);
    StreamToken here = host.here();
    host.engine().drain(WINDOW);
    host.time.advance(WINDOW);

    CompletableFuture<EventBatch> empty = host.park(BOB, here);
    assertThat(empty.join().chunk()).isEmpty();
    host.message(ROOM, BOB);
    assertThat(host.park(BOB, here).join().chunk()).hasSize(1);
  }

  @Test
  void drain_nobodyParked_isDoneAtOnce() {
    host.engine();

    assertThat(host.engine().drain(WINDOW)).isCompleted();
    assertThat(host.park(BOB, null)).isCompleted();
  }

  @Test
  void drain_again_changesNothing() {
    List<CompletableFuture<EventBatch>> polls = parked(10);
    CompletableFuture<Void> first = host.engine().drain(WINDOW);
    CompletableFuture<Void> second = host.engine().drain(Duration.ZERO);

    assertThat(done(polls)).isOne();
    assertThat(second).isNotDone();
    host.time.advance(WINDOW);

    assertThat(List.of(first, second)).allSatisfy(each -> assertThat(each).isCompleted());
  }

  @Test
  void drain_itsFutureCancelled_goesOn() {
    List<CompletableFuture<EventBatch>> polls = parked(10);
    host.engine().drain(WINDOW).cancel(true);
    host.time.advance(WINDOW);

    assertThat(done(polls)).isEqualTo(10);
  }

  @Test
  void drain_pollsThatEndOtherwise_doNotKeepItWaiting() {
    List<CompletableFuture<EventBatch>> polls = parked(10);
    CompletableFuture<Void> drained = host.engine().drain(WINDOW);
    polls.forEach(poll -> poll.cancel(false));
    host.time.advance(Duration.ofMillis(10));

    assertThat(drained).isCompleted();
  }

  @Test
  void close_duringADrain_answersTheRest() {
    List<CompletableFuture<EventBatch>> polls = parked(10);
    CompletableFuture<Void> drained = host.engine().drain(WINDOW);
    host.time.advance(WINDOW.dividedBy(2));

    host.engine().close();

    assertThat(polls).allSatisfy(poll -> assertThat(poll.join().chunk()).isEmpty());
    assertThat(drained).isCompleted();
  }

  @Test
  void drain_manyThreadsPolling_leavesNobody() throws Exception {
    SyncEngine engine =
        host.start(SyncEngine.builder(host.events).polls(PollSettings.DEFAULT.withPerUser(10_000)));
    List<CompletableFuture<EventBatch>> before = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      before.add(engine.stream(BOB, null, LONG));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<CompletableFuture<EventBatch>> all = new ArrayList<>(before);
    try {
      Callable<List<CompletableFuture<EventBatch>>> polls = () -> {
        List<CompletableFuture<EventBatch>> mine = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          mine.add(engine.stream(ALICE, null, LONG));
        }
        return mine;
      };
      List<Future<List<CompletableFuture<EventBatch>>>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(threads.submit(polls));
      }
      CompletableFuture<Void> drained = engine.drain(Duration.ofMillis(50));
      for (Future<List<CompletableFuture<EventBatch>>> each : running) {
        all.addAll(each.get(30, TimeUnit.SECONDS));
      }
      drained.get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(engine.parked()).isZero();
  }

  @Test
  void drain_wrongArgumentOrClosed_isRefused() {
    SyncEngine engine = host.engine();
    assertThatThrownBy(() -> engine.drain(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    engine.close();

    assertThatThrownBy(() -> engine.drain(WINDOW)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waits_longerThanNanosecondsCount_areWaitsLikeAny() {
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    host.start(host.bare());
    CompletableFuture<EventBatch> poll = host.engine().stream(BOB, null, endless);
    assertThat(poll).isNotDone();
    CompletableFuture<EventBatch> other = host.engine().stream(ALICE, null, endless);
    host.engine().drain(endless);

    assertThat(List.of(poll, other)).filteredOn(CompletableFuture::isDone).hasSize(1);
  }

  private List<CompletableFuture<EventBatch>> parked(int count) {
    List<CompletableFuture<EventBatch>> polls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      polls.add(host.engine().stream(user(i), null, LONG));
    }
    return polls;
  }

  private static UserId user(int number) {
    return World.user("u" + number);
  }

  private long parkedNow() {
    return host.engine().parked();
  }

  private static long done(List<CompletableFuture<EventBatch>> polls) {
    return polls.stream().filter(CompletableFuture::isDone).count();
  }
}
