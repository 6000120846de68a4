package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.OTHER_ROOM;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static io.github.matrixsync.store.memory.Sample.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what only receipts have: an entry per room, user and type. */
class MemoryReceiptStoreTest {
  private final MemoryReceiptStore store = MemoryReceiptStore.create();

  @Test
  void c1_set_otherRoomUserOrType_isAnotherEntry() {
    store.set(receipt(ROOM, ALICE, "m.read", "a"));
    store.set(receipt(ROOM, BOB, "m.read", "a"));
    store.set(receipt(ROOM, ALICE, "m.read.private", "a"));
    store.set(receipt(OTHER_ROOM, ALICE, "m.read", "a"));

    assertThat(store.current(List.of(ROOM)))
        .extracting(ReceiptChange::position)
        .containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(store.current(List.of(OTHER_ROOM))).hasSize(1);
  }

  @Test
  void set_sameEventAtAnotherTime_changesNothing() {
    ReceiptChange first = receipt(ROOM, ALICE, "m.read", "a");
    store.set(first);
    long position =
        store.set(new ReceiptChange(0, ROOM, ALICE, "m.read", id("a"), Instant.ofEpochSecond(9)));

    assertThat(position).isEqualTo(1);
    assertThat(store.current(List.of(ROOM)).get(0).at()).isEqualTo(first.at());
  }

  @Test
  void set_backwards_isTheHostsBusiness() {
    store.set(receipt(ROOM, ALICE, "m.read", "b"));

    assertThat(store.set(receipt(ROOM, ALICE, "m.read", "a"))).isEqualTo(2);
  }

  private static ReceiptChange receipt(RoomId room, UserId user, String type, String event) {
    return new ReceiptChange(0, room, user, type, id(event), Instant.EPOCH);
  }
}
