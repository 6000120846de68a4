package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.world.CountingPresence;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A poll whose only entries are presence waits a little for other events. */
class PresenceHoldTest {
  private static final Duration HOLD = Duration.ofMillis(500);

  private final Host host = new Host();
  private StreamToken from = StreamToken.of(0, 0, 0);

  @BeforeEach
  void room() {
    host.room(ROOM, ALICE, BOB);
    from = host.here();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_presenceAlone_answersWhenTheHoldIsOver() {
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    pass(100);
    host.online(BOB);
    pass(399);
    assertThat(parked).isNotDone();
    pass(1);

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_presenceFromBeforeTheCall_isHeldToo() {
    host.online(BOB);
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    pass(499);
    assertThat(parked).isNotDone();
    pass(1);

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_presenceAfterTheHold_answersAtOnce() {
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    pass(500);
    assertThat(parked).isNotDone();
    host.online(BOB);

    assertThat(parked).isDone();
  }

  @Test
  void stream_manyChangesInTheHold_areOneAnswerWithTheLatest() {
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    for (int i = 0; i < 30; i++) {
      host.presence(BOB, i % 2 == 0 ? PresenceState.ONLINE : PresenceState.UNAVAILABLE);
      pass(10);
    }
    host.online(ALICE);
    pass(200);

    assertThat(side(parked.join()))
        .containsExactly(present(BOB, "unavailable"), present(ALICE, "online"));
    assertThat(parked.join().end().presence()).isEqualTo(31);
  }

  /** Further presence during that time does not make the poll look again. */
  @Test
  void stream_presenceStormInTheHold_readsNothing() {
    CountingPresence counting = new CountingPresence(host.presence);
    host.online(BOB);
    host.start(host.bare().presence(counting));
    CompletableFuture<EventBatch> parked = host.park(ALICE, StreamToken.parse("s4_0_0"));
    int first = counting.reads;
    assertThat(first).isEqualTo(1);
    for (int i = 0; i < 30; i++) {
      host.presence(BOB, i % 2 == 0 ? PresenceState.UNAVAILABLE : PresenceState.ONLINE);
    }
    assertThat(counting.reads).isEqualTo(first);
    pass(500);

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_anythingElse_answersAtOnceWithThePresence() {
    CompletableFuture<EventBatch> message = host.park(ALICE, from);
    host.online(BOB);
    assertThat(message).isNotDone();
    host.message(ROOM, BOB);
    assertThat(side(message.join())).containsExactly(present(BOB, "online"));

    CompletableFuture<EventBatch> typing = host.park(ALICE, message.join().end());
    host.online(ALICE);
    assertThat(typing).isNotDone();
    host.types(ROOM, BOB, Duration.ofSeconds(9));
    assertThat(side(typing.join()))
        .containsExactly(present(ALICE, "online"), Host.typing(ROOM, BOB));

    CompletableFuture<EventBatch> data = host.park(ALICE, typing.join().end());
    host.presence(BOB, PresenceState.OFFLINE);
    assertThat(data).isNotDone();
    host.keeps(ALICE, null, "x", "{}");
    assertThat(side(data.join())).hasSize(2);
  }

  @Test
  void stream_typingAlone_isNotHeld() {
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    host.types(ROOM, BOB, Duration.ofSeconds(9));

    assertThat(parked).isDone();
  }

  @Test
  void stream_eventThatIsNotDueInTheHold_holdsOn() {
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    host.online(BOB);
    host.room(World.room("elsewhere"), CAROL);
    host.keeps(BOB, null, "x", "{}");
    assertThat(parked).isNotDone();
    pass(500);

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_deadlineBeforeTheHoldIsOver_answersThen() {
    CompletableFuture<EventBatch> parked =
        host.engine().stream(ALICE, from, Duration.ofMillis(300));
    host.online(BOB);
    pass(299);
    assertThat(parked).isNotDone();
    pass(1);

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_withoutWaiting_isNotHeld() {
    host.online(BOB);

    assertThat(side(host.poll(ALICE, from))).hasSize(1);
  }

  @Test
  void stream_holdOfZero_isNone() {
    host.start(host.full().polls(PollSettings.DEFAULT.withPresenceHold(Duration.ZERO)));
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    host.online(BOB);

    assertThat(parked).isDone();
  }

  @Test
  void stream_closedInTheHold_losesNothing() {
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    host.online(BOB);
    host.close();

    EventBatch batch = parked.join();
    assertThat(batch.chunk()).isEmpty();
    host.start(host.full());
    assertThat(side(host.poll(ALICE, batch.end()))).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_answeredInTheHold_leavesNoTimerBehind() {
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    int onlyParked = host.time.waiting();
    host.online(BOB);
    assertThat(host.time.waiting()).isGreaterThan(onlyParked);
    host.message(ROOM, BOB);

    assertThat(parked).isDone();
    assertThat(host.time.waiting()).isEqualTo(onlyParked);
  }

  @Test
  void stream_peek_isHeldLikeAnyOther() {
    host.world.create(World.room("open"), BOB, "world_readable");
    StreamToken here = host.here();
    CompletableFuture<EventBatch> parked = host.engine().stream(
        CAROL, here, Duration.ofSeconds(30), StreamOptions.DEFAULT.inRoom(World.room("open")));
    host.online(BOB);
    assertThat(parked).isNotDone();
    host.time.advance(HOLD);

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
  }

  private void pass(long millis) {
    host.time.advance(Duration.ofMillis(millis));
  }
}
