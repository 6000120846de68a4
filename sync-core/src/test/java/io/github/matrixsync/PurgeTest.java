package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A purge that overtakes the follower: the store has removed events that the engine has not read yet. */
class PurgeTest {
  private final Host host = new Host();
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB);
    host.start(host.bare().executor(waiting::add));
    run();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void purge_ofWhatAPollWaitsFor_tellsItAtOnceThatItsTokenIsTooOld() {
    CompletableFuture<EventBatch> parked = host.park(BOB, here());
    CompletableFuture<EventBatch> elsewhere = host.park(CAROL, here());
    run();
    host.message(ROOM, ALICE);

    purgeAll();
    run();

    assertThat(parked).isDone();
    assertThatThrownBy(parked::join).hasCauseInstanceOf(TokenExpiredException.class);
    assertThatThrownBy(elsewhere::join).hasCauseInstanceOf(TokenExpiredException.class);
  }

  @Test
  void purge_ofALeave_whoLeftGetsNothingMore() {
    get(host.park(BOB, here()));
    host.leave(ROOM, BOB);

    purgeAll();
    CompletableFuture<EventBatch> after = host.park(BOB, here());
    run();
    host.message(ROOM, ALICE);
    run();

    assertThat(after).isNotDone();
  }

  @Test
  void purge_ofAJoin_whoCameGetsWhatFollows() {
    get(host.park(CAROL, here()));
    host.join(ROOM, CAROL);

    purgeAll();
    CompletableFuture<EventBatch> after = host.park(CAROL, here());
    run();
    host.message(ROOM, ALICE);
    run();

    assertThat(Host.answered(after).chunk()).hasSize(1);
  }

  /** The join is still in the window when the leave is purged. */
  @Test
  void purge_ofALeaveAfterAJoin_whoLeftGetsNothingMore() {
    host.join(ROOM, CAROL);
    run();
    host.leave(ROOM, CAROL);

    purgeAll();
    run();
    CompletableFuture<EventBatch> after = host.park(CAROL, here());
    run();
    host.message(ROOM, ALICE);
    run();

    assertThat(after).isNotDone();
  }

  /** The look that reads beyond the purge is the first to notice it. */
  @Test
  void purge_ofALeaveNearTheEnd_whoLeftGetsNothingOfWhatFollows() {
    get(host.park(BOB, here()));
    host.leave(ROOM, BOB);
    StreamToken left = here();
    host.message(ROOM, ALICE);

    host.events.purge(left.room());
    EventBatch batch = poll(BOB, left);

    assertThat(batch.chunk()).isEmpty();
    assertThat(batch.end()).isEqualTo(here());
  }

  @Test
  void purge_ofAJoinNearTheEnd_whoCameGetsWhatFollows() {
    get(host.park(CAROL, here()));
    host.join(ROOM, CAROL);
    StreamToken joined = here();
    host.message(ROOM, ALICE);

    host.events.purge(joined.room());

    assertThat(poll(CAROL, joined).chunk()).hasSize(1);
  }

  /** The follower notices the purge during a look that has needed no store read so far. */
  @Test
  void purge_whileALookIsInMemory_whoLeftGetsNothingOfWhatFollows() {
    HookedEvents hooked = new HookedEvents(host.events);
    host.start(host.bare(hooked.store()).executor(waiting::add));
    run();
    get(host.park(BOB, here()));
    StreamToken left = StreamToken.of(host.events.watermark() + 1, 0, 0);
    hooked.before("retainedAfter", () -> {
      hooked.calm();
      host.leave(ROOM, BOB);
      host.message(ROOM, ALICE);
      host.events.purge(left.room());
      run();
    });

    EventBatch batch = poll(BOB, left);

    assertThat(batch.chunk()).isEmpty();
    assertThat(batch.end()).isEqualTo(here());
  }

  @Test
  void purge_ofALeaveNearTheEnd_whoLeftIsNotToldWhoTypesOrHasRead() {
    host.start(host.full().executor(waiting::add));
    run();
    get(host.park(BOB, here()));
    host.leave(ROOM, BOB);
    StreamToken left = here();
    host.message(ROOM, ALICE);
    host.types(ROOM, ALICE, Duration.ofMinutes(1));
    host.reads(ROOM, ALICE, "read");

    host.events.purge(left.room());

    assertThat(poll(BOB, left).chunk()).isEmpty();
  }

  @Test
  void purge_ofAJoinNearTheEnd_whoCameIsToldWhoTypesAndHasRead() {
    host.start(host.full().executor(waiting::add));
    run();
    get(host.park(CAROL, here()));
    host.join(ROOM, CAROL);
    StreamToken joined = here();
    host.message(ROOM, ALICE);
    host.types(ROOM, ALICE, Duration.ofMinutes(1));
    host.reads(ROOM, ALICE, "read");

    host.events.purge(joined.room());

    assertThat(Host.side(poll(CAROL, joined)))
        .containsExactly(Host.typing(ROOM, ALICE), Host.receipt(ROOM, ALICE, "read"));
  }

  @Test
  void purge_ofALeave_snapshotShowsItThough() {
    assertThat(memberships()).containsExactly(Optional.of(Membership.JOIN));
    host.leave(ROOM, BOB);

    purgeAll();

    assertThat(memberships()).doesNotContain(Optional.of(Membership.JOIN));
  }

  /** Polls without waiting. The look runs before all queued tasks, so the look itself follows the stream. */
  private EventBatch poll(UserId user, StreamToken from) {
    CompletableFuture<EventBatch> poll = host.engine().stream(user, from, Duration.ZERO);
    if (!poll.isDone()) {
      waiting.removeLast().run();
    }
    run();
    return Host.answered(poll);
  }

  private List<Optional<Membership>> memberships() {
    CompletableFuture<InitialSync> snapshot =
        host.engine().initialSyncAsync(BOB, 5, SnapshotOptions.DEFAULT);
    run();
    assertThat(snapshot).isCompleted();
    return snapshot.join().rooms().stream().map(RoomSnapshot::membership).toList();
  }

  private void get(CompletableFuture<EventBatch> poll) {
    run();
    assertThat(poll).isNotDone();
    poll.cancel(true);
  }

  private StreamToken here() {
    return StreamToken.of(host.events.watermark(), 0, 0);
  }

  private void purgeAll() {
    host.events.purge(host.events.watermark());
  }

  private void run() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }
}
