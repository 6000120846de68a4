package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.OTHER_ROOM;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.ephemeral.TypingChange;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests deadlines: rules T1 and T2. */
class MemoryTypingStoreTest {
  private static final Instant SOON = Instant.ofEpochSecond(10);
  private static final Instant LATER = Instant.ofEpochSecond(20);

  private final MemoryTypingStore store = MemoryTypingStore.create();

  @Test
  void t1_start_several_usersInTheOrderInWhichTheyBegan() {
    store.start(ROOM, BOB, LATER);
    store.start(ROOM, ALICE, SOON);

    assertThat(store.current(List.of(ROOM)))
        .containsExactly(new TypingChange(2, ROOM, List.of(BOB, ALICE)));
  }

  @Test
  void t1_start_typingAlready_onlyTheDeadlineChanges() {
    store.start(ROOM, BOB, SOON);
    store.start(ROOM, BOB, LATER);

    assertThat(store.watermark()).isEqualTo(1);
    assertThat(store.nextDeadline()).contains(LATER);
    store.expire(SOON);
    assertThat(store.watermark()).isEqualTo(1);
  }

  @Test
  void t2_start_typingAlreadyUntilEarlier_listenersAreCalled() {
    AtomicInteger calls = new AtomicInteger();
    store.start(ROOM, BOB, LATER);
    store.onAdvance(calls::incrementAndGet);

    store.start(ROOM, BOB, SOON);
    store.start(ROOM, BOB, LATER);

    assertThat(calls).hasValue(1);
    assertThat(store.watermark()).isEqualTo(1);
  }

  @Test
  void t1_stop_typing_endsItWithItsOwnPosition() {
    store.start(ROOM, BOB, SOON);
    store.stop(ROOM, BOB);
    store.stop(ROOM, BOB);
    store.stop(OTHER_ROOM, BOB);

    assertThat(store.changes(0, 2, 9)).containsExactly(new TypingChange(2, ROOM, List.of()));
    assertThat(store.nextDeadline()).isEmpty();
    assertThat(store.watermark()).isEqualTo(2);
  }

  @Test
  void t1_expire_atTheDeadline_endsTypingOncePerRoom() {
    AtomicInteger calls = new AtomicInteger();
    store.start(ROOM, ALICE, SOON);
    store.start(ROOM, BOB, SOON);
    store.start(OTHER_ROOM, BOB, LATER);
    store.onAdvance(calls::incrementAndGet);

    store.expire(SOON.minusNanos(1));
    assertThat(store.watermark()).isEqualTo(3);
    store.expire(SOON);
    store.expire(SOON);

    assertThat(store.watermark()).isEqualTo(4);
    assertThat(calls).hasValue(1);
    assertThat(store.current(List.of(ROOM))).containsExactly(new TypingChange(4, ROOM, List.of()));
    assertThat(store.nextDeadline()).contains(LATER);
  }

  @Test
  void t1_expire_someOfARoom_theOthersGoOn() {
    store.start(ROOM, ALICE, SOON);
    store.start(ROOM, BOB, LATER);

    store.expire(SOON);

    assertThat(store.current(List.of(ROOM)))
        .containsExactly(new TypingChange(3, ROOM, List.of(BOB)));
  }

  @Test
  void t1_expire_severalRooms_aPositionEach() {
    store.start(ROOM, ALICE, SOON);
    store.start(OTHER_ROOM, BOB, LATER);

    store.expire(LATER);

    assertThat(store.changes(0, 4, 9))
        .containsExactly(
            new TypingChange(3, ROOM, List.of()), new TypingChange(4, OTHER_ROOM, List.of()));
    assertThat(store.nextDeadline()).isEmpty();
  }

  @Test
  void nextDeadline_nobodyTypes_empty() {
    assertThat(store.nextDeadline()).isEmpty();
  }
}
