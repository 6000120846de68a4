package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which polls wait for slow store reads on the engine's own threads, and which do not. */
class LanesTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final long TIMEOUT_SECONDS = 60;
  private static final int SNAPSHOTS = 100;
  private static final int MEMBERS = 600;

  /** The number that the documentation of {@link SyncEngine#stream} names. */
  private static final int CHUNK = 256;

  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    host.close();
  }

  private SyncEngine start() {
    return host.start(SyncEngine.builder(events.store()).presence(host.presence));
  }

  /** Begins a poll that parks before this returns, because an earlier poll has read all that it needs. */
  private CompletableFuture<EventBatch> park(UserId user, StreamToken from) throws Exception {
    assertThat(answer(host.engine().stream(user, from, Duration.ZERO)).chunk()).isEmpty();
    return host.engine().stream(user, from, LONG);
  }

  private StreamToken here() throws Exception {
    return answer(host.engine().stream(BOB, null, Duration.ZERO)).end();
  }

  private static EventBatch answer(CompletableFuture<EventBatch> poll) throws Exception {
    return poll.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void hold() {
    begun.countDown();
    await(released);
  }

  @Test
  void message_aHundredSlowSnapshotsAreBeingTaken_isDeliveredBeforeAnyEnds() throws Exception {
    host.room(ROOM, ALICE, BOB);
    SyncEngine engine = start();
    CompletableFuture<EventBatch> poll = park(BOB, here());
    events.before("state", this::hold);
    List<CompletableFuture<InitialSync>> snapshots = new ArrayList<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      snapshots.add(engine.initialSyncAsync(ALICE, i + 1, SnapshotOptions.DEFAULT));
    }
    await(begun);

    host.message(ROOM, ALICE);

    assertThat(answer(poll).chunk()).hasSize(1);
    assertThat(snapshots).noneMatch(CompletableFuture::isDone);
    released.countDown();
    for (CompletableFuture<InitialSync> snapshot : snapshots) {
      assertThat(snapshot.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).rooms()).hasSize(1);
    }
  }

  /** Two of the users woken together have joined another room, whose members must be read. */
  @Test
  void message_someOfThoseWokenMustRead_theOthersDoNotWait() throws Exception {
    RoomId other = World.room("other");
    host.online(ALICE);
    host.room(other, ALICE);
    host.room(ROOM, ALICE, BOB, CAROL);
    List<UserId> members = members(50);
    members.forEach(user -> host.join(ROOM, user));
    start();
    StreamToken here = here();
    List<CompletableFuture<EventBatch>> inMemory = new ArrayList<>();
    for (UserId user : members) {
      inMemory.add(park(user, here));
    }
    List<CompletableFuture<EventBatch>> reading = List.of(park(BOB, here), park(CAROL, here));
    events.before("joinedMembers", this::hold);

    host.events.append(List.of(
        Append.live(host.world.member(other, BOB, BOB, "join")),
        Append.live(host.world.member(other, CAROL, CAROL, "join")),
        Append.live(host.world.message(ROOM, ALICE))));

    for (CompletableFuture<EventBatch> poll : inMemory) {
      assertThat(answer(poll).chunk()).hasSize(1);
    }
    await(begun);
    assertThat(reading).noneMatch(CompletableFuture::isDone);
    released.countDown();
    for (CompletableFuture<EventBatch> poll : reading) {
      assertThat(answer(poll).chunk()).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  /** The first callback does not return for a while: only the rest of its chunk waits. */
  @Test
  void message_callbackIsSlow_delaysAtMostTheRestOfItsChunk() throws Exception {
    RoomId other = World.room("other");
    host.room(other, ALICE, BOB);
    host.room(ROOM, ALICE);
    List<UserId> members = members(MEMBERS);
    members.forEach(user -> host.join(ROOM, user));
    start();
    StreamToken here = here();
    AtomicBoolean isFirst = new AtomicBoolean(true);
    CountDownLatch others = new CountDownLatch(MEMBERS - CHUNK);
    CountDownLatch all = new CountDownLatch(MEMBERS);
    for (UserId user : members) {
      CompletableFuture<?> unused = park(user, here).thenRun(() -> {
        if (isFirst.getAndSet(false)) {
          hold();
        }
        others.countDown();
        all.countDown();
      });
    }
    CompletableFuture<EventBatch> ofOther = park(BOB, here);

    host.message(ROOM, ALICE);
    await(begun);
    await(others);
    host.message(other, ALICE);

    assertThat(answer(ofOther).chunk()).hasSize(1);
    assertThat(all.getCount()).isPositive();
    released.countDown();
    await(all);
  }

  private static List<UserId> members(int count) {
    return IntStream.range(0, count).mapToObj(i -> World.user("m" + i)).toList();
  }
}
