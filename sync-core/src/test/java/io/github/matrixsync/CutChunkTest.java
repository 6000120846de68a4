package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Batches that their limit cut leave out the presence of users who joined or left. The batch that reaches the end of
 * the stream has it, whatever the user's other clients poll for meanwhile.
 */
class CutChunkTest {
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();
  private StreamToken from = StreamToken.of(0, 0, 0);

  @BeforeEach
  void rooms() {
    host.room(ROOM, ALICE);
    host.room(OTHER, ALICE);
    host.online(BOB);
    host.online(CAROL);
    from = host.here();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void cut_anotherClientIsCutAtTheSamePlaceWithNothingToTell_isTold() {
    host.join(ROOM, BOB);
    StreamToken afterTheJoin = host.here();
    messages(2);
    StreamToken cut = cut(from, 2);

    assertThat(cut(afterTheJoin.withRoom(afterTheJoin.room()), 1)).isEqualTo(cut);

    assertThat(side(host.poll(ALICE, cut))).containsExactly(present(BOB, "online"));
  }

  @Test
  void cut_aPeekIsCutAtTheSamePlaceWithLessToTell_isTold() {
    host.join(OTHER, CAROL);
    host.join(ROOM, BOB);
    messages(1);
    StreamToken cut = cut(from, 2);

    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM).withLimit(1);
    assertThat(host.poll(ALICE, from, peek).end()).isEqualTo(cut);

    assertThat(side(host.poll(ALICE, cut)))
        .containsExactly(present(BOB, "online"), present(CAROL, "online"));
  }

  @Test
  void cut_anotherClientGoesOnInManySteps_isTold() {
    host.join(ROOM, BOB);
    messages(20);
    StreamToken waits = cut(from, 7);
    StreamToken goes = from;
    for (int i = 0; i < 20; i++) {
      goes = cut(goes, 1);
    }

    assertThat(side(host.poll(ALICE, goes))).containsExactly(present(BOB, "online"));
    assertThat(side(host.poll(ALICE, waits))).containsExactly(present(BOB, "online"));
  }

  @Test
  void cut_answersAreLostAndAskedForAgain_isTold() {
    host.join(ROOM, BOB);
    messages(40);
    StreamToken goes = cut(from, 1);
    for (int i = 0; i < 10; i++) {
      cut(goes, 20);
      goes = cut(goes, 1);
    }

    assertThat(side(host.poll(ALICE, goes))).containsExactly(present(BOB, "online"));
  }

  @Test
  void cut_joinerGoesAfterwards_isNotSeen() {
    host.join(ROOM, BOB);
    host.join(ROOM, CAROL);
    host.message(ROOM, ALICE);
    StreamToken cut = cut(from, 2);
    host.leave(ROOM, BOB);

    assertThat(side(host.poll(ALICE, cut))).containsExactly(present(CAROL, "online"));
    host.join(ROOM, BOB);
    assertThat(side(host.poll(ALICE, cut)))
        .containsExactly(present(BOB, "online"), present(CAROL, "online"));
  }

  @Test
  void cut_readerGoesAfterwards_joinerIsNotSeen() {
    host.join(ROOM, BOB);
    host.message(ROOM, ALICE);
    StreamToken cut = cut(from, 1);
    host.leave(ROOM, ALICE);

    assertThat(side(host.poll(ALICE, cut))).isEmpty();
  }

  /** The other user left while the reader was not joined, so the reader got no event of it. */
  @Test
  void cut_readerGoesAndComesBack_joinerWhoWentMeanwhileIsNotSeen() {
    host.join(ROOM, BOB);
    host.message(ROOM, ALICE);
    StreamToken cut = cut(from, 1);
    host.leave(ROOM, ALICE);
    host.leave(ROOM, BOB);
    host.join(ROOM, CAROL);
    host.join(ROOM, ALICE);

    assertThat(side(host.poll(ALICE, cut))).containsExactly(present(CAROL, "online"));
  }

  /** The other user left while the room was not world readable. */
  @Test
  void cut_peekedRoomWasClosedMeanwhile_joinerWhoWentIsNotSeen() {
    RoomId open = World.room("open");
    host.world.create(open, CAROL, "world_readable");
    StreamToken before = host.here();
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(open).withLimit(1);
    host.join(open, BOB);
    host.message(open, CAROL);
    StreamToken cut = host.poll(ALICE, before, peek).end();
    visibility(open, "joined");
    host.leave(open, BOB);
    visibility(open, "world_readable");

    EventBatch rest = host.poll(ALICE, cut, StreamOptions.DEFAULT.inRoom(open));

    assertThat(rest.chunk()).hasSize(3);
    assertThat(side(rest)).isEmpty();
  }

  @Test
  void cut_typingUserGoes_theSetIsToldAtTheEnd() {
    host.join(ROOM, BOB);
    host.types(ROOM, BOB, Duration.ofHours(1));
    StreamToken typed = host.here();
    host.leave(ROOM, BOB);
    messages(2);
    StreamToken cut = cut(typed, 2);

    assertThat(cut(typed.withRoom(cut.room() - 1), 1)).isEqualTo(cut);

    assertThat(side(host.poll(ALICE, cut))).containsExactly(typing(ROOM));
  }

  @Test
  void cut_partHasLeftTheWindow_isToldFromTheStore() {
    host.start(SmallLimits.window(4, host.full()));
    host.join(ROOM, BOB);
    host.join(OTHER, CAROL);
    messages(20);
    StreamToken cut = cut(from, 2);
    StreamToken further = cut(cut, 3);

    assertThat(side(host.poll(ALICE, further)))
        .containsExactly(present(BOB, "online"), present(CAROL, "online"));
  }

  @Test
  void cut_longPart_isReadPageByPage() {
    host.join(ROOM, BOB);
    messages(2_500);
    StreamToken cut = cut(from, 1_000);
    cut = cut(cut, 1_000);

    assertThat(side(host.poll(ALICE, cut))).containsExactly(present(BOB, "online"));
  }

  /** Joins that were purged cannot be read again; the client misses no event that it asked for. */
  @Test
  void cut_partWasPurged_whatIsLeftOfItIsTold() {
    host.start(SmallLimits.window(2, host.full()));
    host.join(ROOM, BOB);
    long gone = host.events.watermark();
    host.join(OTHER, CAROL);
    messages(2);
    StreamToken cut = cut(from, 3);
    host.events.purge(gone);

    assertThat(side(host.poll(ALICE, cut))).containsExactly(present(CAROL, "online"));
  }

  private void messages(int count) {
    for (int i = 0; i < count; i++) {
      host.message(ROOM, ALICE);
    }
  }

  private void visibility(RoomId room, String visibility) {
    host.world.append(host.world.event(
        room,
        CAROL,
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"" + visibility + "\"}"));
  }

  /** Polls for fewer events than there are, and returns the end token. */
  private StreamToken cut(StreamToken from, int limit) {
    EventBatch batch = host.poll(ALICE, from, StreamOptions.DEFAULT.withLimit(limit));
    assertThat(batch.chunk()).hasSize(limit);
    assertThat(side(batch)).isEmpty();
    assertThat(batch.end().room()).isLessThan(host.events.watermark());
    return batch.end();
  }
}
