package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.Host.json;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.world.CountingPresence;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose presence a user sees, in streams and snapshots. */
class PresenceTest {
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_sharedJoinedRoom_isSeen() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.online(BOB);

    assertThat(side(host.poll(ALICE, from))).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_oneself_isSeen() {
    StreamToken from = host.here();
    host.online(ALICE);

    assertThat(side(host.poll(ALICE, from))).containsExactly(present(ALICE, "online"));
  }

  @Test
  void stream_onThePresenceList_isSeen() {
    host.settings.setPresenceList(ALICE, Set.of(BOB));
    StreamToken from = host.here();
    host.online(BOB);
    host.online(CAROL);

    assertThat(side(host.poll(ALICE, from))).containsExactly(present(BOB, "online"));
    assertThat(side(host.poll(BOB, from))).containsExactly(present(BOB, "online"));
  }

  @Test
  void parked_listChangesMeanwhile_isWokenByWhoIsOnItNow() {
    host.settings.setPresenceList(ALICE, Set.of(CAROL));
    CompletableFuture<EventBatch> poll = host.park(ALICE, host.here());
    host.settings.setPresenceList(ALICE, Set.of(BOB));

    host.online(CAROL);
    host.time.advance(Duration.ofSeconds(2));
    assertThat(poll).isNotDone();
    host.online(BOB);

    assertThat(side(answered(poll))).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_noSharedRoomAnyMore_isNotSeen() {
    host.room(ROOM, ALICE, BOB, CAROL);
    StreamToken from = host.here();
    host.leave(ROOM, BOB);
    host.online(BOB);

    assertThat(side(host.poll(ALICE, from))).isEmpty();
    assertThat(side(host.poll(CAROL, from))).isEmpty();
  }

  @Test
  void stream_invitedOrOutside_isNotSeen() {
    host.room(ROOM, ALICE);
    host.world.append(host.world.member(ROOM, ALICE, BOB, "invite"));
    StreamToken from = host.here();
    host.online(ALICE);

    assertThat(side(host.poll(BOB, from))).isEmpty();
    assertThat(side(host.poll(CAROL, from))).isEmpty();
  }

  @Test
  void stream_manyChangesOfOneUser_areOneEntryWithTheLatest() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.online(BOB);
    host.presence(BOB, PresenceState.OFFLINE);
    host.presence(BOB, PresenceState.UNAVAILABLE);

    assertThat(side(host.poll(ALICE, from))).containsExactly(present(BOB, "unavailable"));
  }

  /** Many users whom the roster does not know are read in one call; the answer is the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 40})
  void stream_changesOfManyUsers_areThoseOfSharedRooms(int strangers) {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.online(BOB);
    IntStream.range(0, strangers).forEach(i -> host.online(World.user("stranger" + i)));
    host.start(host.full());

    assertThat(side(host.poll(ALICE, from))).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_ownJoin_bringsTheMembersWhoAreNotOffline() {
    host.room(ROOM, ALICE, CAROL);
    host.online(ALICE);
    host.presence(CAROL, PresenceState.OFFLINE);
    StreamToken from = host.here();
    host.join(ROOM, BOB);

    EventBatch batch = host.poll(BOB, from);

    assertThat(batch.chunk()).hasSize(2);
    assertThat(side(batch)).containsExactly(present(ALICE, "online"));
    assertThat(side(host.poll(BOB, batch.end()))).isEmpty();
  }

  @Test
  void stream_anothersJoin_bringsTheJoiner() {
    host.room(ROOM, ALICE, CAROL);
    host.online(BOB);
    host.online(CAROL);
    StreamToken from = host.here();
    host.join(ROOM, BOB);

    EventBatch batch = host.poll(ALICE, from);

    assertThat(batch.chunk()).hasSize(2);
    assertThat(side(batch)).containsExactly(present(BOB, "online"));
  }

  @Test
  void stream_anothersJoin_bringsNoJoinerWhoIsOffline() {
    host.room(ROOM, ALICE);
    host.presence(BOB, PresenceState.OFFLINE);
    StreamToken from = host.here();
    host.join(ROOM, BOB);

    assertThat(side(host.poll(ALICE, from))).isEmpty();
  }

  @Test
  void stream_joinerWhoLeftAgain_isNotSeen() {
    host.room(ROOM, ALICE);
    host.online(BOB);
    StreamToken from = host.here();
    host.join(ROOM, BOB);
    host.leave(ROOM, BOB);

    assertThat(side(host.poll(ALICE, from))).isEmpty();
    assertThat(side(host.poll(BOB, from))).isEmpty();
  }

  @Test
  void stream_joinAndChangeTogether_areOneEntry() {
    host.room(ROOM, ALICE);
    host.online(ALICE);
    StreamToken from = host.here();
    host.join(ROOM, BOB);
    host.presence(BOB, PresenceState.UNAVAILABLE);
    host.presence(ALICE, PresenceState.UNAVAILABLE);

    assertThat(side(host.poll(ALICE, from)))
        .containsExactly(present(BOB, "unavailable"), present(ALICE, "unavailable"));
    assertThat(side(host.poll(BOB, from)))
        .containsExactly(present(BOB, "unavailable"), present(ALICE, "unavailable"));
  }

  @Test
  void stream_parkedMember_getsTheJoinWithTheJoiner() {
    host.room(ROOM, ALICE);
    host.online(BOB);
    CompletableFuture<EventBatch> parked = host.park(ALICE, host.here());
    host.join(ROOM, BOB);

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void stream_chunkIsCut_presenceComesOnceWithTheJoins(int limit) {
    host.room(ROOM, ALICE);
    host.online(ALICE);
    host.online(CAROL);
    StreamToken from = host.here();
    host.join(ROOM, BOB);
    host.message(ROOM, ALICE);
    host.join(ROOM, CAROL);
    host.message(ROOM, ALICE);
    host.message(ROOM, BOB);

    List<EventBatch> batches = chain(BOB, from, limit);

    assertThat(batches)
        .allSatisfy(batch -> assertThat(batch.end().presence()).isEqualTo(from.presence()));
    assertThat(batches.stream().flatMap(batch -> side(batch).stream()))
        .containsExactly(present(ALICE, "online"), present(CAROL, "online"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void stream_cutAnswerAskedForAgain_tellsTheSame(int limit) {
    host.room(ROOM, ALICE);
    host.online(ALICE);
    StreamToken from = host.here();
    host.join(ROOM, BOB);
    host.message(ROOM, ALICE);
    List<EventBatch> once = chain(BOB, from, limit);
    List<EventBatch> again = chain(BOB, from, limit);

    assertThat(again.stream().map(Host::side))
        .isEqualTo(once.stream().map(Host::side).toList());
    assertThat(side(again.get(0))).containsExactly(present(ALICE, "online"));
    EventBatch last = again.get(again.size() - 1);
    assertThat(host.poll(BOB, last.end()).chunk()).isEmpty();
  }

  @Test
  void stream_moreMembersThanTheBound_theNewestCome() {
    host.start(SmallLimits.presenceOnJoin(2, host.full()));
    host.room(ROOM, ALICE, CAROL, World.user("d"));
    host.online(CAROL);
    host.online(World.user("d"));
    host.online(ALICE);
    StreamToken from = host.here();
    host.join(ROOM, BOB);

    assertThat(side(host.poll(BOB, from)))
        .containsExactly(present(World.user("d"), "online"), present(ALICE, "online"));
  }

  @Test
  void stream_aThousandMembersByDefault_notOneMore() {
    host.room(ROOM, ALICE);
    for (int i = 0; i < 1_001; i++) {
      host.join(ROOM, World.user("m" + i));
      host.online(World.user("m" + i));
    }
    StreamToken from = host.here();
    host.join(ROOM, BOB);

    assertThat(side(host.poll(BOB, from)))
        .hasSize(1_000)
        .doesNotContain(present(World.user("m0"), "online"));
  }

  /** The joiner's presence is read once, however many members wait; not at all if it is cached. */
  @Test
  void stream_joinIntoABigRoom_isNotOneReadPerPoll() {
    host.room(ROOM, ALICE);
    for (int i = 0; i < 200; i++) {
      host.join(ROOM, World.user("m" + i));
    }
    host.online(BOB);
    CountingPresence counting = new CountingPresence(host.presence);
    host.start(host.bare().presence(counting));
    StreamToken from = host.here();
    List<CompletableFuture<EventBatch>> parked = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      parked.add(host.park(World.user("m" + i), from));
    }
    counting.reads = 0;
    host.join(ROOM, BOB);

    for (CompletableFuture<EventBatch> poll : parked) {
      assertThat(side(poll.join())).containsExactly(present(BOB, "online"));
    }
    assertThat(counting.reads).isEqualTo(1);

    host.presence(BOB, PresenceState.UNAVAILABLE);
    StreamToken then = host.here();
    host.leave(ROOM, BOB);
    host.join(ROOM, BOB);
    counting.reads = 0;
    for (int i = 0; i < 200; i++) {
      assertThat(side(host.poll(World.user("m" + i), then)))
          .containsExactly(present(BOB, "unavailable"));
    }
    assertThat(counting.reads).isZero();
  }

  @Test
  void stream_ofOneRoom_hasItsMembersOnly() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.room(OTHER, BOB, CAROL);
    StreamToken from = host.here();
    host.online(ALICE);
    host.online(BOB);
    host.online(CAROL);

    assertThat(side(host.poll(CAROL, from, StreamOptions.DEFAULT.inRoom(ROOM))))
        .containsExactly(present(ALICE, "online"));
  }

  @Test
  void stream_peek_seesWhoJoins() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.online(BOB);
    StreamToken from = host.here();
    host.join(ROOM, BOB);

    assertThat(side(host.poll(CAROL, from, StreamOptions.DEFAULT.inRoom(ROOM))))
        .containsExactly(present(BOB, "online"));
  }

  @Test
  void initialSync_presence_isOfSharedRoomsOneselfAndTheList() {
    UserId listed = World.user("listed");
    host.settings.setPresenceList(ALICE, Set.of(listed));
    host.room(ROOM, ALICE, BOB);
    host.room(OTHER, CAROL, ALICE);
    host.leave(OTHER, ALICE);
    List.of(ALICE, BOB, CAROL, listed).forEach(host::online);

    assertThat(json(host.engine().initialSync(ALICE, 0).presence()))
        .containsExactlyInAnyOrder(
            present(ALICE, "online"), present(BOB, "online"), present(listed, "online"));
  }

  private List<EventBatch> chain(UserId user, StreamToken from, int limit) {
    List<EventBatch> batches = new ArrayList<>();
    StreamToken at = from;
    do {
      EventBatch batch = host.poll(user, at, StreamOptions.DEFAULT.withLimit(limit));
      batches.add(batch);
      at = batch.end();
    } while (at.room() < host.events.watermark());
    return batches;
  }
}
