package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.receipt;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A batch that its limit cut has the presence, receipts and typing for its own joins and leaves, as of the token where
 * it began. What changed since comes with the batch that reaches the end of the stream.
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
  void cut_somebodyJoins_hasTheirPresenceOnce() {
    host.join(ROOM, BOB);
    messages(2);

    EventBatch cut = cut(from, 2);

    assertThat(side(cut)).containsExactly(present(BOB, "online"));
    assertThat(side(host.poll(ALICE, cut.end()))).isEmpty();
  }

  @Test
  void cut_readerJoins_hasWhatIsInTheRoom() {
    RoomId third = World.room("third");
    host.room(third, CAROL, BOB);
    host.types(third, BOB, Duration.ofHours(1));
    host.reads(third, CAROL, "read");
    StreamToken before = host.here();
    host.join(third, ALICE);
    messages(2);

    EventBatch cut = cut(before, 2);

    assertThat(side(cut))
        .containsExactly(
            present(BOB, "online"),
            present(CAROL, "online"),
            typing(third, BOB),
            receipt(third, CAROL, "read"));
    assertThat(cut.end()).isEqualTo(before.withRoom(cut.end().room()));
    assertThat(side(host.poll(ALICE, cut.end()))).isEmpty();
  }

  @Test
  void cut_presenceChangedSince_comesWithTheEnd() {
    host.join(ROOM, BOB);
    messages(2);
    host.presence(BOB, PresenceState.UNAVAILABLE);

    EventBatch cut = cut(from, 2);

    assertThat(side(cut)).isEmpty();
    assertThat(side(host.poll(ALICE, cut.end()))).containsExactly(present(BOB, "unavailable"));
  }

  /** What is in the answer follows from the token alone. */
  @Test
  void cut_askedForAgainAndOfAnotherEngine_isTheSame() {
    host.join(ROOM, BOB);
    messages(40);
    EventBatch first = cut(from, 20);
    cut(first.end(), 10);

    assertThat(side(cut(from, 20))).isEqualTo(side(first));
    host.start(host.full());
    assertThat(side(cut(from, 20))).isEqualTo(side(first));
    assertThat(side(host.poll(ALICE, first.end()))).isEmpty();
  }

  @Test
  void cut_joinerGoesInTheSamePart_isNotSeen() {
    host.join(ROOM, BOB);
    host.join(ROOM, CAROL);
    host.leave(ROOM, BOB);
    messages(1);

    assertThat(side(cut(from, 3))).containsExactly(present(CAROL, "online"));
  }

  @Test
  void cut_readerGoesInTheSamePart_joinerIsNotSeen() {
    host.join(ROOM, BOB);
    host.leave(ROOM, ALICE);
    host.message(OTHER, ALICE);

    assertThat(side(cut(from, 2))).isEmpty();
  }

  /** The other user left while the reader was not joined, so the reader got no event of it. */
  @Test
  void cut_readerGoesAndComesBack_joinerWhoWentMeanwhileIsNotSeen() {
    host.join(ROOM, BOB);
    host.leave(ROOM, ALICE);
    host.leave(ROOM, BOB);
    host.join(ROOM, CAROL);
    host.join(ROOM, ALICE);
    messages(1);

    assertThat(side(cut(from, 3))).containsExactly(present(CAROL, "online"));
  }

  @Test
  void cut_peekedRoomIsClosedAtTheCut_joinerIsNotSeen() {
    RoomId open = World.room("open");
    host.world.create(open, CAROL, "world_readable");
    StreamToken before = host.here();
    host.join(open, BOB);
    visibility(open, "joined");
    visibility(open, "world_readable");
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(open);

    EventBatch closed = host.poll(ALICE, before, peek.withLimit(2));
    EventBatch joined = host.poll(ALICE, before, peek.withLimit(1));

    assertThat(closed.chunk()).hasSize(2);
    assertThat(side(closed)).isEmpty();
    assertThat(side(joined)).containsExactly(present(BOB, "online"));
  }

  @Test
  void cut_typingUserGoes_hasTheSetWithoutThem() {
    host.join(ROOM, BOB);
    host.types(ROOM, BOB, Duration.ofHours(1));
    StreamToken typed = host.here();
    host.leave(ROOM, BOB);
    messages(2);

    assertThat(side(cut(typed, 2))).containsExactly(typing(ROOM));
  }

  @Test
  void cut_partHasLeftTheWindow_isTheSame() {
    host.start(SmallLimits.window(4, host.full()));
    host.join(ROOM, BOB);
    host.join(OTHER, CAROL);
    messages(20);

    assertThat(side(cut(from, 3)))
        .containsExactly(present(BOB, "online"), present(CAROL, "online"));
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

  /** Polls for fewer events than there are. */
  private EventBatch cut(StreamToken from, int limit) {
    EventBatch batch = host.poll(ALICE, from, StreamOptions.DEFAULT.withLimit(limit));
    assertThat(batch.chunk().stream().filter(entry -> entry.id().isPresent())).hasSize(limit);
    assertThat(batch.end().room()).isLessThan(host.events.watermark());
    return batch;
  }
}
