package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.json;
import static io.github.matrixsync.world.Host.receipt;
import static io.github.matrixsync.world.Host.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receipts: changes in the stream, a bounded number in snapshots. */
class ReceiptsTest {
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_joinedRoom_hasOnlyWhatChanged() {
    host.room(ROOM, ALICE, BOB, CAROL);
    host.reads(ROOM, CAROL, "1");
    host.reads(ROOM, BOB, "1");
    StreamToken from = host.here();
    host.reads(ROOM, BOB, "2");

    assertThat(side(host.poll(ALICE, from))).containsExactly(receipt(ROOM, BOB, "2"));
  }

  @Test
  void stream_tokenOlderThanWhatIsKept_hasOnlyWhatChanged() {
    host.room(ROOM, ALICE, BOB);
    host.reads(ROOM, ALICE, "1");
    StreamToken from = host.here();
    host.reads(ROOM, BOB, "2");
    host.start(host.full());

    assertThat(side(host.poll(ALICE, from))).containsExactly(receipt(ROOM, BOB, "2"));
  }

  @Test
  void stream_notJoined_getsNothing() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.leave(ROOM, BOB);
    host.reads(ROOM, ALICE, "1");

    assertThat(side(host.poll(BOB, from))).isEmpty();
    assertThat(side(host.poll(CAROL, from))).isEmpty();
  }

  @Test
  void stream_ownJoin_bringsTheRoomsReceipts() {
    host.room(ROOM, ALICE);
    host.reads(ROOM, ALICE, "1");
    StreamToken from = host.here();
    host.join(ROOM, BOB);

    EventBatch batch = host.poll(BOB, from);

    assertThat(side(batch)).containsExactly(receipt(ROOM, ALICE, "1"));
    assertThat(side(host.poll(BOB, batch.end()))).isEmpty();
  }

  @Test
  void privateReceipt_isShownToItsUserAlone() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.receipts.set(new ReceiptChange(
        0, ROOM, BOB, "m.read.private", EventId.parse("$1:h"), Instant.ofEpochMilli(7)));
    String shown = receipt(ROOM, BOB, "1").replace("m.read", "m.read.private");

    assertThat(side(host.poll(ALICE, from))).isEmpty();
    assertThat(side(host.poll(BOB, from))).containsExactly(shown);
    assertThat(host.engine().initialSync(ALICE, 0).receipts()).contains(List.of());
    assertThat(json(host.engine().initialSync(BOB, 0).receipts().orElseThrow()))
        .containsExactly(shown);
  }

  @Test
  void initialSync_moreThanTheBound_hasTheNewestOfEachRoomAndOnesOwn() {
    host.start(SmallLimits.receiptsPerRoom(2, host.full()));
    host.room(ROOM, ALICE);
    host.room(OTHER, ALICE);
    host.reads(ROOM, ALICE, "e");
    for (int i = 0; i < 5; i++) {
      host.reads(ROOM, World.user("u" + i), "e");
    }
    host.reads(OTHER, BOB, "e");

    assertThat(json(host.engine().initialSync(ALICE, 0).receipts().orElseThrow()))
        .containsExactlyInAnyOrder("""
            {"type":"m.receipt","room_id":"!r:h","content":{"$e:h":{"m.read":\
            {"@a:h":{"ts":7},"@u3:h":{"ts":7},"@u4:h":{"ts":7}}}}}""", receipt(OTHER, BOB, "e"));
  }

  @Test
  void initialSync_aHundredPerRoomByDefault_notOneMore() {
    host.room(ROOM, ALICE);
    for (int i = 0; i < 101; i++) {
      host.reads(ROOM, World.user("u" + i), "e" + i);
    }
    String entry =
        json(host.engine().initialSync(ALICE, 0).receipts().orElseThrow()).get(0);

    assertThat(entry).doesNotContain("$e0:h").contains("$e1:h", "$e100:h");
  }

  @Test
  void stream_partOfZero_isBoundedLikeASnapshot() {
    host.start(SmallLimits.receiptsPerRoom(1, host.full()));
    host.room(ROOM, ALICE);
    host.reads(ROOM, BOB, "1");
    host.reads(ROOM, CAROL, "2");

    EventBatch batch = host.poll(ALICE, StreamToken.parse("s3_0_0"));

    assertThat(side(batch)).containsExactly(receipt(ROOM, CAROL, "2"));
    assertThat(side(host.poll(ALICE, batch.end()))).isEmpty();
  }

  @Test
  void roomInitialSync_leftRoom_hasNone() {
    host.room(ROOM, ALICE, BOB);
    host.reads(ROOM, ALICE, "1");
    host.leave(ROOM, BOB);

    assertThat(host.engine().roomInitialSync(BOB, ROOM, 0).receipts()).contains(List.of());
    assertThat(host.engine().roomInitialSync(ALICE, ROOM, 0).receipts().orElseThrow())
        .hasSize(1);
  }
}
