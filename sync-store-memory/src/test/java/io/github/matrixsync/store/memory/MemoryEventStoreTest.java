package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static io.github.matrixsync.store.memory.Sample.backfill;
import static io.github.matrixsync.store.memory.Sample.id;
import static io.github.matrixsync.store.memory.Sample.live;
import static io.github.matrixsync.store.memory.Sample.message;
import static io.github.matrixsync.store.memory.Sample.names;
import static io.github.matrixsync.store.memory.Sample.outlier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.memory.index.LogReader;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.state.StateEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests what this store does besides the contract, which {@link EventContractTest} tests. */
class MemoryEventStoreTest {
  private final MemoryEventStore store = MemoryEventStore.create();

  @Test
  void a1_append_nullInBatch_nothingIsStored() {
    assertThatThrownBy(() -> store.append(Arrays.asList(Append.live(message("a")), null)))
        .isInstanceOf(NullPointerException.class);

    assertThat(store.watermark()).isZero();
  }

  @Test
  void a2_append_noDepthAfterTheGreatestLong_staysThere() {
    store.append(live(message("a", Long.MAX_VALUE), message("b")));

    assertThat(names(store.latest(Map.of(ROOM, Ranges.everything(2)), 9).get(ROOM)))
        .containsExactly("a", "b");
  }

  @Test
  void p1_append_liveAndOutliers_positionsIncreaseFromOne() {
    assertThat(store.append(live(message("a"), message("b")))).containsExactly(1L, 2L);
    assertThat(store.append(outlier(message("c")))).containsExactly(3L);
    assertThat(store.append(live(message("d")))).containsExactly(4L);
  }

  @Test
  void p1_append_backfill_positionsDecreaseFromMinusOne() {
    assertThat(store.append(backfill(message("a"), message("b")))).containsExactly(-1L, -2L);
    assertThat(store.append(backfill(message("c")))).containsExactly(-3L);
  }

  @Test
  void p1_append_afterRejectedBatch_positionIsNotLost() {
    Append wrong = Append.live(message("a"), List.of(unknownEntry()));

    assertThatThrownBy(() -> store.append(List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(store.append(live(message("b")))).containsExactly(1L);
  }

  @Test
  void l1_onAdvance_backfill_listenerIsCalled() {
    AtomicInteger lowest = new AtomicInteger();
    store.onAdvance(() -> lowest.set(Math.toIntExact(store.backfilledTo())));

    store.append(backfill(message("a")));

    assertThat(lowest).hasValue(-1);
  }

  @Test
  void l2_onAdvance_listenerThrows_writerAndNextListenerGoOn() {
    AtomicInteger calls = new AtomicInteger();
    List<Throwable> handed = new ArrayList<>();
    RuntimeException failure = new IllegalStateException("a listener's own");
    store.onAdvance(() -> {
      throw failure;
    });
    store.onAdvance(calls::incrementAndGet);
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();

    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
      handed.add(thrown);
      throw new IllegalStateException("the handler's own");
    });
    try {
      assertThat(store.append(live(message("a")))).containsExactly(1L);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }

    assertThat(calls).hasValue(1);
    assertThat(handed).containsExactly(failure);
  }

  @Test
  void c3_builder_firstPosition_earlierPositionsAreExpired() {
    MemoryEventStore later = MemoryEventStore.builder().firstPosition(1000).build();

    assertThat(later.watermark()).isEqualTo(999);
    assertThat(later.retainedAfter()).isEqualTo(999);
    assertThat(later.append(live(message("a")))).containsExactly(1000L);
    assertThatThrownBy(() -> later.log(Interest.everything(), 998, 1000, 1))
        .isInstanceOfSatisfying(ExpiredPositionException.class, expired -> {
          assertThat(expired.after()).isEqualTo(998);
          assertThat(expired.retainedAfter()).isEqualTo(999);
        });
  }

  @Test
  void builder_firstPositionBelowOne_isRefused() {
    assertThatThrownBy(() -> MemoryEventStore.builder().firstPosition(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  @Test
  void b1_log_argumentsOutOfBounds_areRefused() {
    store.append(live(message("a")));

    assertRefused(() -> store.log(Interest.everything(), 0, 2, 1));
    assertRefused(() -> store.log(Interest.everything(), 1, 0, 1));
    assertRefused(() -> store.log(Interest.everything(), 0, 1, 0));
    assertRefused(() -> store.state(Map.of(ROOM, 2L)));
    assertRefused(() -> store.memberships(BOB, 2));
    assertRefused(() -> store.joinedMembers(List.of(ROOM), 2));
    assertRefused(() -> store.timelines(BOB, List.of(ROOM), 2));
    assertRefused(() -> store.latest(Map.of(), 0));
    assertRefused(() -> store.history(
        new HistorySlice(ROOM, Ranges.everything(1), HistoryPoint.START, HistoryPoint.END),
        Direction.FORWARD,
        0));
  }

  @Test
  void b3_log_longIntervalOfNoInterest_comesToTheEndInSteps() {
    int count = LogReader.MAX_EXAMINED + 5;
    store.append(
        IntStream.range(0, count).mapToObj(i -> Append.live(message("m" + i))).toList());

    LogPage first = store.log(Interest.of(BOB), 0, count, 10);
    LogPage second = store.log(Interest.of(BOB), first.through(), count, 10);

    assertThat(first).isEqualTo(new LogPage(List.of(), LogReader.MAX_EXAMINED));
    assertThat(second).isEqualTo(new LogPage(List.of(), count));
    assertThat(store.log(Interest.of(ROOM), 0, count, count).through()).isBetween(1L, (long) count);
  }

  @Test
  void append_refused_messageNamesBringerAndEntry() {
    Append wrong = Append.live(message("bringer"), List.of(unknownEntry()));

    assertThatThrownBy(() -> store.append(List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$bringer")
        .hasMessageContaining("$unknown");
  }

  private static StateEntry unknownEntry() {
    return new StateEntry("m.room.topic", "", Optional.of(id("unknown")));
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
  }
}
