package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.law.ServiceOracle;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.ServiceHost;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store reads of an application service's polls. */
class ServiceReadsTest {
  private static final UserId BOT = World.user("bot");
  private static final UserId GHOST = World.user("ghost");
  private static final StreamOptions SERVICE = options(Set.of());

  private final Host host = new Host();
  private final CountingEvents counting = new CountingEvents(host.events, true);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void parked_messagesInARoomThatItKnows_areReadByTheFollowerAlone() {
    host.room(ROOM, ALICE, GHOST);
    StreamToken here = start();
    host.message(ROOM, ALICE);
    StreamToken next = host.poll(BOT, here, SERVICE).end();
    counting.reads.clear();

    for (int i = 0; i < 10; i++) {
      CompletableFuture<EventBatch> poll = park(next);
      host.message(ROOM, ALICE);
      assertThat(ServiceHost.answer(poll).chunk()).hasSize(1);
      next = ServiceHost.answer(poll).end();
    }

    assertThat(counting.reads).hasSize(10).containsOnly("log");
  }

  @Test
  void parked_messagesInManyNewRooms_areOneReadOfTheirMembers() {
    StreamToken here = start();
    CompletableFuture<EventBatch> poll = park(here);
    counting.reads.clear();

    host.events.append(IntStream.range(0, 500)
        .mapToObj(i -> Append.live(host.world.message(World.room("r" + i), ALICE)))
        .toList());
    assertThat(counting.reads).containsExactly("log", "joinedMembers");
    host.events.append(IntStream.range(0, 500)
        .mapToObj(i -> Append.live(host.world.message(World.room("r" + i), ALICE)))
        .toList());

    assertThat(counting.reads).containsExactly("log", "joinedMembers", "log");
    assertThat(poll).isNotDone();
  }

  @Test
  void parked_aGhostComesIntoAKnownRoom_isKnownFromTheEvent() {
    host.room(ROOM, ALICE);
    StreamToken here = start();
    CompletableFuture<EventBatch> poll = park(here);
    host.message(ROOM, ALICE);
    assertThat(poll).isNotDone();
    counting.reads.clear();

    host.join(ROOM, GHOST);
    StreamToken joined = ServiceHost.answer(poll).end();
    poll = park(joined);
    host.message(ROOM, ALICE);

    assertThat(ServiceHost.answer(poll).chunk()).hasSize(1);
    assertThat(counting.reads).containsExactly("log", "log");
  }

  @Test
  void poll_roomThatMatchesById_needsNoMembers() {
    host.room(ROOM, ALICE);
    StreamToken here = start();
    host.message(ROOM, ALICE);
    counting.reads.clear();

    assertThat(host.poll(BOT, here, options(Set.of(ROOM))).chunk()).hasSize(1);
    assertThat(counting.reads).isEmpty();
  }

  @Test
  void poll_tokenFromBeforeTheWindow_isAFewReadsAPage() {
    for (int i = 0; i < 300; i++) {
      RoomId room = World.room("r" + i);
      host.room(room, ALICE, i % 2 == 0 ? GHOST : BOB);
      host.message(room, ALICE);
    }
    start();
    counting.reads.clear();

    EventBatch batch = host.poll(BOT, StreamToken.of(0, 0, 0), SERVICE);

    assertThat(batch.chunk()).hasSize(300);
    assertThat(counting.reads).containsExactly("log", "joinedMembers", "log", "joinedMembers");
  }

  @Test
  void poll_anotherClientOfTheServiceFurtherBack_readsItsRoomsAgain() {
    host.room(ROOM, ALICE, GHOST);
    StreamToken early = start();
    host.message(ROOM, ALICE);
    StreamToken late = host.here();
    host.message(ROOM, ALICE);
    assertThat(host.poll(BOT, late, SERVICE).chunk()).hasSize(1);

    assertThat(host.poll(BOT, early, SERVICE).chunk()).hasSize(2);
    counting.reads.clear();
    assertThat(host.poll(BOT, late, SERVICE).chunk()).hasSize(1);
    assertThat(counting.reads).isEmpty();
  }

  @Test
  void poll_anotherClientStandsBeforeTheGhostCame_getsNothingFromBefore() {
    host.room(ROOM, ALICE);
    StreamToken early = start();
    host.message(ROOM, ALICE);
    host.join(ROOM, GHOST);
    StreamToken late = host.here();
    host.message(ROOM, ALICE);
    assertThat(host.poll(BOT, late, SERVICE).chunk()).hasSize(1);

    assertThat(host.poll(BOT, early, SERVICE).chunk()).hasSize(2);
  }

  /** Cached rooms of a service are not used after the window has moved past what they cover. */
  @Test
  void poll_windowRanAwayMeanwhile_isByWhatHappenedThere() {
    host.room(ROOM, ALICE);
    host.start(SmallLimits.window(4, host.bare(counting.store())));
    StreamToken here = host.here();
    host.message(ROOM, ALICE);
    assertThat(host.poll(BOT, here, SERVICE).chunk()).isEmpty();
    host.join(ROOM, GHOST);
    for (int i = 0; i < 10; i++) {
      host.message(ROOM, ALICE);
    }
    StreamToken late = host.here();
    host.message(ROOM, ALICE);

    assertThat(host.poll(BOT, late, SERVICE).chunk()).hasSize(1);
    assertThat(host.poll(BOT, here, SERVICE).chunk()).hasSize(12);
  }

  @Test
  void poll_aliasIsGivenWhileParked_countsForWhatComesNext() {
    MemoryRoomDirectory directory = MemoryRoomDirectory.create();
    host.room(ROOM, ALICE);
    host.start(host.bare().directory(directory));
    CompletableFuture<EventBatch> poll = host.engine().stream(
        BOT,
        host.here(),
        Duration.ofSeconds(30),
        new ServiceOracle(BOT, Set.of(), Set.of(), Set.of(ROOM)).options());
    host.message(ROOM, ALICE);
    assertThat(poll).isNotDone();

    directory.addAlias(ROOM, RoomAlias.parse("#r_alias:h"));
    host.message(ROOM, ALICE);

    assertThat(ServiceHost.answer(poll).chunk()).hasSize(1);
  }

  private StreamToken start() {
    host.start(host.bare(counting.store()));
    return host.here();
  }

  private CompletableFuture<EventBatch> park(StreamToken from) {
    return host.engine().stream(BOT, from, Duration.ofSeconds(30), SERVICE);
  }

  private static StreamOptions options(Set<RoomId> byId) {
    return new ServiceOracle(BOT, Set.of(GHOST), byId, Set.of()).options();
  }
}
