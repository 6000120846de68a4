package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.backfill;
import static io.github.matrixsync.store.memory.Sample.live;
import static io.github.matrixsync.store.memory.Sample.log;
import static io.github.matrixsync.store.memory.Sample.message;
import static io.github.matrixsync.store.memory.Sample.names;
import static io.github.matrixsync.store.memory.Sample.outlier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StateEntry;
import io.github.matrixsync.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Positions, the watermark and listeners: the rules P, W and L. */
class StreamContractTest {
  private final MemoryEventStore store = MemoryEventStore.create();

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
  void p2_log_laterAppends_prefixStays() {
    store.append(live(message("a"), message("b")));
    List<StoredEvent> prefix = log(store);

    store.append(live(message("c"), message("a")));
    store.append(backfill(message("d")));

    assertThat(store.log(Interest.everything(), 0, 2, 10).events()).isEqualTo(prefix);
  }

  @Test
  void w1_watermark_reAppendAndBackfill_doesNotMove() {
    store.append(live(message("a")));

    store.append(live(message("a")));
    store.append(backfill(message("b")));
    store.append(List.of());

    assertThat(store.watermark()).isEqualTo(1);
    assertThat(store.refresh()).isEqualTo(1);
  }

  @Test
  void w2_append_returned_watermarkCoversIt() {
    store.append(live(message("a"), message("b"), message("c")));

    assertThat(store.watermark()).isEqualTo(3);
  }

  @Test
  void w3_watermark_whileAListenerHoldsUpTheAppender_answers() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    store.onAdvance(() -> {
      FutureTask<Long> asked = new FutureTask<>(store::watermark);
      new Thread(asked).start();
      seen.set(Math.toIntExact(got(asked)));
    });

    store.append(live(message("a")));

    assertThat(seen).hasValue(1);
  }

  @Test
  void l1_onAdvance_append_listenerSeesAndReadsIt() {
    List<String> read = new ArrayList<>();
    store.onAdvance(() -> read.addAll(names(log(store))));

    store.append(live(message("a")));

    assertThat(read).containsExactly("a");
  }

  @Test
  void l1_onAdvance_backfill_listenerIsCalled() {
    AtomicInteger lowest = new AtomicInteger();
    store.onAdvance(() -> lowest.set(Math.toIntExact(store.backfilledTo())));

    store.append(backfill(message("a")));

    assertThat(lowest).hasValue(-1);
  }

  @Test
  void l1_onAdvance_registeredTwice_eachRegistrationIsItsOwn() {
    AtomicInteger calls = new AtomicInteger();
    Runnable listener = calls::incrementAndGet;
    Registration first = store.onAdvance(listener);
    store.onAdvance(listener);

    first.close();
    first.close();
    store.append(live(message("a")));

    assertThat(calls).hasValue(1);
  }

  @Test
  void l2_onAdvance_listenerAppends_isNotLockedOut() {
    store.onAdvance(() -> {
      if (store.watermark() == 1) {
        FutureTask<List<Long>> other = new FutureTask<>(() -> store.append(live(message("b"))));
        new Thread(other).start();
        got(other);
      }
    });

    store.append(live(message("a")));

    assertThat(names(log(store))).containsExactly("a", "b");
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

  private static StateEntry unknownEntry() {
    return new StateEntry("m.room.topic", "", Optional.of(Sample.id("unknown")));
  }

  private static <T> T got(FutureTask<T> task) {
    try {
      return task.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("another thread was held up", e);
    }
  }
}
