package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When /sync answers, and that its polls are polls like those of the event stream. */
class SyncPollsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final SyncOptions FULL = SyncOptions.DEFAULT.withFullState(true);

  private final Host host = new Host();
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void room() {
    host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void sync_withoutAToken_answersAtOnce() {
    assertThat(answered(sync(null)).rooms().join()).containsOnlyKeys(ROOM);
    assertThat(host.engine().parked()).isZero();
  }

  @Test
  void sync_fullState_answersAtOnce() {
    StreamToken here = here();

    SyncResponse full = answered(host.engine().sync(BOB, here, LONG, FULL));

    assertThat(full.rooms().join()).containsOnlyKeys(ROOM);
    assertThat(full.nextBatch()).isEqualTo(here);
  }

  @Test
  void sync_withoutTime_answersAtOnceWithNothing() {
    StreamToken here = here();

    SyncResponse nothing = answered(host.engine().sync(BOB, here, Duration.ZERO));

    assertThat(nothing.isEmpty()).isTrue();
    assertThat(nothing.nextBatch()).isEqualTo(here);
  }

  @Test
  void sync_nothingNew_waitsAgainForTheSameToken() {
    StreamToken here = here();
    for (int i = 0; i < 2; i++) {
      CompletableFuture<SyncResponse> poll = sync(here);
      assertThat(poll).isNotDone();

      host.time.advance(LONG);

      assertThat(answered(poll).isEmpty()).isTrue();
      assertThat(answered(poll).nextBatch()).isEqualTo(here);
    }
  }

  @Test
  void sync_eventsThatConcernOthers_areNotLookedAtAgain() {
    StreamToken here = here();
    CompletableFuture<SyncResponse> poll = sync(here);
    host.room(World.room("other"), ALICE);

    host.time.advance(LONG);

    assertThat(answered(poll).isEmpty()).isTrue();
    assertThat(answered(poll).nextBatch().room()).isGreaterThan(here.room());
  }

  @Test
  void sync_message_wakesPollsOfBothKinds() {
    CompletableFuture<SyncResponse> sync = sync(here());
    CompletableFuture<?> stream = host.park(BOB, host.here());

    host.message(ROOM, ALICE);

    assertThat(stream).isDone();
    assertThat(answered(sync).rooms().join().get(ROOM).timeline().events()).hasSize(1);
    assertThat(host.engine().statistics().polls().woken()).isEqualTo(2);
  }

  @Test
  void sync_somethingNew_answersAtOnceAndAdvances() {
    StreamToken here = here();
    host.message(ROOM, ALICE);

    SyncResponse answer = answered(sync(here));

    assertThat(answer.nextBatch().isAheadOf(here)).isTrue();
    assertThat(
            answered(host.engine().sync(BOB, answer.nextBatch(), Duration.ZERO)).isEmpty())
        .isTrue();
  }

  @Test
  void sync_cancelled_losesNothing() {
    StreamToken here = here();
    CompletableFuture<SyncResponse> lost = sync(here);
    lost.cancel(false);
    assertThat(host.engine().hasNoPolls()).isTrue();
    host.message(ROOM, ALICE);

    assertThat(answered(sync(here)).rooms().join()).containsOnlyKeys(ROOM);
  }

  @Test
  void sync_tokenOfAnotherStream_isAnsweredAtOnceAndLimited() {
    host.engine();
    StreamToken ahead = StreamToken.of(1_000, 0, 0, 0, 0);

    SyncResponse answer = answered(sync(ahead));

    assertThat(answer.nextBatch().room()).isLessThan(1_000);
    assertThat(answer.rooms().join().get(ROOM).timeline().limited()).isTrue();
    assertThat(answered(host.engine().sync(BOB, ahead, LONG, FULL)).rooms().join())
        .containsOnlyKeys(ROOM);
  }

  @Test
  void sync_tokenWithAPartOfAnUnknownStream_isAnsweredAsATokenOfOtherStreams() {
    StreamToken here = answered(sync(null)).nextBatch();
    StreamToken more = here.resized(7).withPart(6, 9);

    SyncResponse answer = answered(sync(more));

    assertThat(answer.nextBatch()).isEqualTo(here);
    assertThat(answer.rooms().join().get(ROOM).timeline().limited()).isTrue();
  }

  @Test
  void sync_tokenWithMorePartsThatAreZero_waitsAsWithoutThem() {
    StreamToken here = answered(sync(null)).nextBatch();

    CompletableFuture<SyncResponse> poll = sync(here.resized(7));

    assertThat(poll).isNotDone();
  }

  @Test
  void sync_onePollTooManyOfAUser_isRefused() {
    host.start(host.full().polls(PollSettings.DEFAULT.withPerUser(2)));
    StreamToken here = here();
    CompletableFuture<SyncResponse> first = sync(here);
    CompletableFuture<?> second = host.park(BOB, host.here());

    CompletableFuture<SyncResponse> third = sync(here);

    assertThat(third).isCompletedExceptionally();
    assertThatThrownBy(third::join).hasCauseInstanceOf(LimitExceededException.class);
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    assertThat(host.engine().statistics().polls().refused()).isOne();
  }

  @Test
  void sync_presenceAlone_isHeldBack() {
    CompletableFuture<SyncResponse> poll = sync(here());

    host.online(ALICE);
    assertThat(poll).isNotDone();
    host.time.advance(Duration.ofMillis(500));

    assertThat(answered(poll).isPresenceOnly()).isTrue();
  }

  @Test
  void drain_parked_answersPollsOfBothKinds() {
    CompletableFuture<SyncResponse> sync = sync(here());
    CompletableFuture<?> stream = host.park(BOB, host.here());

    CompletableFuture<Void> drained = host.engine().drain(Duration.ofSeconds(1));
    host.time.advance(Duration.ofSeconds(1));

    assertThat(drained).isDone();
    assertThat(stream).isDone();
    assertThat(answered(sync).isEmpty()).isTrue();
  }

  @Test
  void close_parked_answersWithNothing() {
    StreamToken here = here();
    CompletableFuture<SyncResponse> poll = sync(here);

    host.engine().close();

    assertThat(answered(poll).isEmpty()).isTrue();
    assertThat(answered(poll).nextBatch()).isEqualTo(here);
    assertThatThrownBy(() -> host.engine().sync(BOB, here, LONG))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sync_any_isToldToTheHostOnceWithDeviceAndPresence() {
    host.start(host.full().observer(noting()));
    StreamToken here = here();
    told.clear();
    SyncOptions options = SyncOptions.DEFAULT.withDevice(DeviceId.parse("PHONE"));

    host.engine().sync(BOB, null, LONG, options);
    assertThat(told).containsExactly("began PHONE online", "ended PHONE online");
    told.clear();

    CompletableFuture<SyncResponse> poll =
        host.engine().sync(BOB, here, LONG, options.withPresence(Optional.empty()));
    assertThat(told).containsExactly("began PHONE -");
    host.message(ROOM, ALICE);
    assertThat(poll).isDone();
    assertThat(told).containsExactly("began PHONE -", "ended PHONE -");
  }

  private PollObserver noting() {
    return new PollObserver() {
      @Override
      public void pollBegan(UserId user) {}

      @Override
      public void pollEnded(UserId user) {}

      @Override
      public void syncBegan(
          UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
        note("began", device, presence);
      }

      @Override
      public void syncEnded(
          UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
        note("ended", device, presence);
      }
    };
  }

  private void note(String what, Optional<DeviceId> device, Optional<PresenceState> presence) {
    told.add(what + " " + device.map(DeviceId::value).orElse("-") + " "
        + presence.map(PresenceState::value).orElse("-"));
  }

  private CompletableFuture<SyncResponse> sync(@Nullable StreamToken since) {
    return host.engine().sync(BOB, since, LONG);
  }

  private StreamToken here() {
    return answered(sync(null)).nextBatch();
  }

  private static SyncResponse answered(CompletableFuture<SyncResponse> call) {
    assertThat(call).isDone();
    try {
      return call.join();
    } catch (CompletionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
