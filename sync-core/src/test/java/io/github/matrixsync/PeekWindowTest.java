package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.ServiceHost.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A poll for one room is answered from the window as it is from the store. */
class PeekWindowTest {
  private static final int MANY = 1_000;
  private static final int CHUNK = 256;
  private static final StreamOptions PEEK = StreamOptions.DEFAULT.inRoom(ROOM);

  private final Host host = new Host();
  private final CountingEvents counting = new CountingEvents(host.events, true);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void message_aThousandPeek_readsTheLogOnce() {
    host.world.create(ROOM, ALICE, "world_readable");
    List<CompletableFuture<EventBatch>> polls = parkMany(host.bare(counting.store()));
    counting.reads.clear();

    RoomEvent message = message();

    assertThat(polls)
        .allSatisfy(poll -> assertThat(ids(answered(poll))).containsExactly(message.id()));
    assertThat(counting.reads).containsExactly("log");
    assertThat(host.engine().statistics().window().misses()).isZero();
  }

  @Test
  void stateThatReplacesState_aThousandPeek_readsTheLogOnce() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.world.append(topic());
    List<CompletableFuture<EventBatch>> polls = parkMany(host.bare(counting.store()));
    counting.reads.clear();

    RoomEvent topic = topic();
    host.world.append(topic);

    assertThat(polls)
        .allSatisfy(poll -> assertThat(ids(answered(poll))).containsExactly(topic.id()));
    assertThat(counting.reads).containsExactly("log", "events");
  }

  /** The room's visibility is cached for polls that begin later, also after it has left the window. */
  @Test
  void firstLooks_ofAThousand_readTheTimelinesOnce() {
    host.world.create(ROOM, ALICE, "world_readable");
    parkMany(SmallLimits.window(2, host.bare(counting.store())));

    assertThat(counting.reads.stream().filter("timelines"::equals)).hasSize(1);
    message();
    message();
    message();
    counting.reads.clear();
    host.engine().stream(BOB, null, Duration.ofSeconds(30), PEEK);

    assertThat(counting.reads).containsExactly("memberships");
  }

  @Test
  void begins_allInMemory_isAnsweredWithoutTheStore() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.start(host.bare(counting.store()));
    StreamToken here = host.poll(BOB, null, PEEK).end();
    RoomEvent message = message();
    host.poll(BOB, here, PEEK);
    counting.reads.clear();

    assertThat(ids(host.poll(BOB, here, PEEK))).containsExactly(message.id());
    assertThat(counting.reads).isEmpty();
  }

  /** A look begins before the position from which the room's visibility is cached. */
  @Test
  void roomOpensAndCloses_eachLookGetsWhatWasOpen() {
    host.world.create(ROOM, ALICE, "shared");
    host.start(host.bare(counting.store()));
    StreamToken start = host.here();
    message();
    EventId opening = visibility("world_readable");
    EventId open = message().id();
    assertThat(ids(host.poll(BOB, host.here(), PEEK))).isEmpty();
    EventId joined = visibility("joined");
    message();
    EventId opensAgain = visibility("world_readable");
    counting.reads.clear();

    assertThat(ids(host.poll(BOB, start, PEEK))).containsExactly(opening, open, joined, opensAgain);
    assertThat(counting.reads).isEmpty();
    visibility("shared");
    message();
    assertThat(host.engine().stream(BOB, start, Duration.ZERO, PEEK))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RoomNotReadableException.class);
    assertThat(counting.reads).doesNotContain("timelines");
  }

  @Test
  void parked_roomCloses_getsTheClosingAndIsRefusedThen() {
    host.world.create(ROOM, ALICE, "world_readable");
    CompletableFuture<EventBatch> poll = park(BOB);

    EventId closing = visibility("shared");

    assertThat(ids(answered(poll))).containsExactly(closing);
    message();
    assertThat(host.engine().stream(BOB, poll.join().end(), Duration.ZERO, PEEK))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RoomNotReadableException.class);
  }

  @Test
  void parked_ignoresTheSender_getsNothing() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.settings.setIgnored(BOB, Set.of(ALICE));
    CompletableFuture<EventBatch> poll = park(BOB);

    message();

    assertThat(poll).isNotDone();
  }

  @Test
  void parked_senderIsErased_getsItPrunedAndTheMemberWhole() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.join(ROOM, CAROL);
    host.settings.erase(ALICE);
    CompletableFuture<EventBatch> stranger = park(BOB);
    CompletableFuture<EventBatch> member = park(CAROL);

    message();

    assertThat(answered(stranger).chunk()).hasSize(1);
    assertThat(answered(stranger).chunk().get(0).content().toString()).isEqualTo("{}");
    assertThat(answered(member).chunk().get(0).content().toString()).contains("hi");
  }

  @Test
  void redacted_isGivenPruned() {
    host.world.create(ROOM, ALICE, "world_readable");
    StreamToken here = host.poll(BOB, null, PEEK).end();
    RoomEvent message = message();
    host.world.append(host.world.redaction(ROOM, ALICE, message.id()));

    EventBatch batch = host.poll(BOB, here, PEEK);

    assertThat(batch.chunk()).hasSize(2);
    assertThat(batch.chunk().get(0).content().toString()).isEqualTo("{}");
  }

  @Test
  void othersRooms_areNotGiven() {
    RoomId other = World.room("other");
    host.world.create(ROOM, ALICE, "world_readable");
    host.room(other, ALICE, BOB);
    CompletableFuture<EventBatch> poll = park(BOB);

    host.message(other, ALICE);

    assertThat(poll).isNotDone();
  }

  @Test
  void messages_moreThanTheLimit_areCutFromMemory() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.start(host.bare(counting.store()));
    StreamToken from = host.poll(BOB, null, PEEK).end();
    List<EventId> all = IntStream.range(0, 3).mapToObj(i -> message().id()).toList();
    host.poll(BOB, host.here(), PEEK);
    counting.reads.clear();

    for (EventId one : all) {
      EventBatch batch = host.poll(BOB, from, PEEK.withLimit(1));
      assertThat(ids(batch)).containsExactly(one);
      from = batch.end();
    }
    assertThat(counting.reads).isEmpty();
  }

  /** One poll waits for a store read; the others do not. */
  @Test
  void message_oneMustReadASlowStore_othersAreAnswered() throws InterruptedException {
    host.world.create(ROOM, ALICE, "world_readable");
    StreamToken old = StreamToken.of(host.events.watermark(), 0, 0);
    message();
    HookedEvents events = new HookedEvents(host.events);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger logs = new AtomicInteger();
    try (SyncEngine engine = SyncEngine.builder(events.store()).build()) {
      events.before("log", () -> {
        if (logs.incrementAndGet() == 1) {
          begun.countDown();
          await(end);
        }
      });
      CompletableFuture<EventBatch> slow =
          engine.stream(World.user("slow"), old, Duration.ofMinutes(1), PEEK);
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      CountDownLatch answered = new CountDownLatch(MANY);
      parkMany(engine).forEach(poll -> poll.thenRun(answered::countDown));

      message();

      assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(slow).isNotDone();
      end.countDown();
      assertThat(slow).succeedsWithin(Duration.ofSeconds(30));
    } finally {
      end.countDown();
    }
  }

  @Test
  void message_oneCallbackIsSlow_delaysItsChunkAlone() throws InterruptedException {
    host.world.create(ROOM, ALICE, "world_readable");
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(MANY - CHUNK);
    AtomicBoolean first = new AtomicBoolean(true);
    try (SyncEngine engine = SyncEngine.builder(host.events).build()) {
      for (CompletableFuture<EventBatch> poll : parkMany(engine)) {
        poll.thenRun(() -> {
          if (first.getAndSet(false)) {
            await(end);
          } else {
            answered.countDown();
          }
        });
      }

      message();

      assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      end.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<CompletableFuture<EventBatch>> parkMany(SyncEngineBuilder builder) {
    return parkMany(host.start(builder));
  }

  /** Parks polls of many strangers, and returns after all have looked. */
  private static List<CompletableFuture<EventBatch>> parkMany(SyncEngine engine) {
    List<CompletableFuture<EventBatch>> polls = IntStream.range(0, MANY)
        .mapToObj(i -> engine.stream(World.user("p" + i), null, Duration.ofMinutes(1), PEEK))
        .toList();
    assertThat(polls).noneMatch(CompletableFuture::isDone);
    return polls;
  }

  private CompletableFuture<EventBatch> park(UserId user) {
    return host.engine().stream(user, null, Duration.ofSeconds(30), PEEK);
  }

  private RoomEvent message() {
    RoomEvent message = host.world.message(ROOM, ALICE);
    host.world.append(message);
    return message;
  }

  private RoomEvent topic() {
    return host.world.event(
        ROOM, ALICE, "m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"t\"}");
  }

  private EventId visibility(String to) {
    RoomEvent event = host.world.event(
        ROOM,
        ALICE,
        RoomEvent.HISTORY_VISIBILITY,
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"" + to + "\"}");
    host.world.append(event);
    return event.id();
  }
}
