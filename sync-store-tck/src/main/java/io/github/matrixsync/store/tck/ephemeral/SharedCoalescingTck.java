package io.github.matrixsync.store.tck.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.tck.SharedStoreTck;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The tests of a coalescing stream of which several instances write one storage. A subclass sets the values of keys 0
 * to 2. Confined to the thread of its test, except the instances.
 *
 * @param <K> the key by which snapshots read entries
 * @param <C> a change
 * @param <S> the store's type
 */
abstract class SharedCoalescingTck<
        K, C extends CoalescingStream.Change, S extends CoalescingStream<K, C>>
    extends SharedStoreTck<S> {
  private static final int CHANGES = 40;

  private long start;

  /** Changes the value of a key on one of the instances. */
  abstract void change(S on, int key, int value);

  /** Returns the key with this number. */
  abstract K key(int number);

  /** Returns whether a change sets its key to this value. */
  abstract boolean hasValue(C change, int value);

  @BeforeEach
  final void rememberStart() {
    start = store().watermark();
  }

  /** Returns the position before all changes. */
  final long start() {
    return start;
  }

  @Test
  void p1_changes_onEitherInTurn_positionsIncrease() {
    List<Long> positions = new ArrayList<>();
    for (int value = 1; value <= 5; value++) {
      positions.add(positionAfter(store(), 0, value));
      positions.add(positionAfter(withoutSignals(), 1, value));
      positions.add(positionAfter(other(), 2, value));
    }

    assertThat(positions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void p1_changes_rolledBackOnOne_nothingIsSetAndPositionsIncrease() {
    long before = positionAfter(store(), 0, 1);
    writeAndRollBack(() -> change(withoutSignals(), 0, 2));
    long seen = Math.max(store().refresh(), withoutSignals().refresh());

    assertThat(current(store(), 0)).allMatch(change -> hasValue(change, 1)).hasSize(1);
    assertThat(positionAfter(store(), 0, 3)).isGreaterThan(before).isGreaterThan(seen);
  }

  @Test
  void w1_refresh_afterTheOtherSet_findsIt() {
    for (int value = 1; value <= 5; value++) {
      S unsignaled = withoutSignals();
      long before = unsignaled.refresh();
      long end = positionAfter(store(), 1, value);
      int expected = value;

      assertThat(unsignaled.refresh()).isGreaterThanOrEqualTo(end);
      assertThat(unsignaled.watermark()).isGreaterThanOrEqualTo(end);
      assertThat(unsignaled.changes(before, end, 9))
          .hasSize(1)
          .allMatch(change -> hasValue(change, expected));
    }
  }

  @Test
  void w2_watermark_theOtherSetWithoutASignal_coversWhatIsSetHere() {
    for (int value = 1; value <= 5; value++) {
      change(store(), 0, value);
      change(withoutSignals(), 1, value);
      int expected = value;

      long end = withoutSignals().watermark();
      assertThat(withoutSignals().changes(start, end, 9))
          .anyMatch(change -> hasValue(change, expected));
    }
  }

  @Test
  void l1_onAdvance_theOtherSets_isSignaledAndRead() {
    Notifications<C> notified = new Notifications<>();
    store().onAdvance(() -> readAll(store(), notified));

    change(other(), 0, 5);

    notified.await(change -> hasValue(change, 5), "a signal with which the other's is read");
  }

  @Test
  void l1_refresh_findsWhatTheOtherSet_callsTheListeners() {
    S unsignaled = withoutSignals();
    Notifications<C> notified = new Notifications<>();
    unsignaled.onAdvance(() -> readAll(unsignaled, notified));
    for (int value = 1; value <= 3; value++) {
      int expected = value;
      change(store(), 0, value);
      unsignaled.refresh();
      notified.await(change -> hasValue(change, expected), "a call by refresh() for " + value);
    }
  }

  @Test
  void c1_changes_bothSetTheSameKeys_bothReadOneEntryEach() {
    S unsignaled = withoutSignals();
    Threads.all(List.of(() -> changeAll(store(), 0), () -> changeAll(unsignaled, 1)));
    long end = Math.max(store().refresh(), unsignaled.refresh());

    List<C> here = store().changes(start, end, StoreReads.ALL);
    assertThat(here).hasSize(3);
    assertThat(unsignaled.changes(start, end, StoreReads.ALL)).isEqualTo(here);
    assertThat(store().current(keys())).containsExactlyInAnyOrderElementsOf(here);
    assertThat(unsignaled.current(keys())).containsExactlyInAnyOrderElementsOf(here);
  }

  @Test
  void c1_changes_bothSetAtOnce_nothingComesAtOrBelowAPassedWatermark() {
    S unsignaled = withoutSignals();
    AtomicInteger writing = new AtomicInteger(2);
    List<String> late = new ArrayList<>();
    List<Callable<Boolean>> threads = new ArrayList<>();
    threads.add(() -> changeAll(store(), 0, writing));
    threads.add(() -> changeAll(unsignaled, 1, writing));
    threads.add(() -> follow(unsignaled, writing, late));
    Threads.all(threads);

    assertThat(late).as("what came at or below a watermark that was passed").isEmpty();
  }

  @Test
  void c1_changes_whileACommitIsHeldOnOne_nothingComesBelowTheOthersWatermark() {
    change(store(), 0, 1);
    S reader = other();
    Map<Long, List<C>> passed = new ConcurrentHashMap<>();
    List<FutureTask<?>> meanwhile = new ArrayList<>();
    write(
        () -> {
          meanwhile.add(Threads.startWhileHeld(() -> {
            change(store(), 1, 1);
            return true;
          }));
          meanwhile.add(Threads.startWhileHeld(() -> {
            long upTo = reader.refresh();
            return passed.put(upTo, reader.changes(start, upTo, 9));
          }));
        },
        () -> change(withoutSignals(), 2, 1));
    meanwhile.forEach(Threads::join);

    long end = other().refresh();
    assertThat(other().changes(start, end, 9)).hasSize(3);
    passed.forEach((upTo, read) -> assertThat(other().changes(start, upTo, 9))
        .as("the changes up to %d, which was the watermark before the commit", upTo)
        .isEqualTo(read));
  }

  @Test
  void c1_changes_setToWhatTheOtherSetWithoutASignal_takesNoPosition() {
    change(withoutSignals(), 0, 1);
    change(store(), 0, 2);
    long end = store().refresh();
    change(withoutSignals(), 0, 2);

    assertThat(store().refresh()).isEqualTo(end);
    assertThat(current(withoutSignals(), 0)).hasSize(1).allMatch(change -> hasValue(change, 2));
  }

  @Test
  void c2_current_theOtherSet_isAsNewAsTheWatermark() {
    for (int value = 1; value <= 5; value++) {
      change(store(), 1, value);
      withoutSignals().refresh();
      int expected = value;
      assertThat(current(withoutSignals(), 1))
          .hasSize(1)
          .allMatch(change -> hasValue(change, expected));
    }
  }

  final List<C> current(S on, int key) {
    return on.current(List.of(key(key)));
  }

  private List<K> keys() {
    return List.of(key(0), key(1), key(2));
  }

  private long positionAfter(S on, int key, int value) {
    change(on, key, value);
    long end = on.watermark();
    return current(on, key).stream()
        .filter(change -> hasValue(change, value) && change.position() <= end)
        .mapToLong(CoalescingStream.Change::position)
        .findFirst()
        .orElseThrow(() -> new AssertionError("value " + value + " is not current up to " + end));
  }

  private boolean changeAll(S on, int number) {
    return changeAll(on, number, new AtomicInteger());
  }

  private boolean changeAll(S on, int number, AtomicInteger writing) {
    try {
      for (int value = 1; value <= CHANGES; value++) {
        change(on, value % 3, 2 * value + number);
      }
      return true;
    } finally {
      writing.decrementAndGet();
    }
  }

  private boolean follow(S on, AtomicInteger writing, List<String> late) {
    Map<Long, C> seen = new HashMap<>();
    long passed = start;
    boolean last;
    do {
      last = writing.get() == 0;
      long upTo = on.refresh();
      for (C change : on.changes(start, upTo, StoreReads.ALL)) {
        if (seen.put(change.position(), change) == null && change.position() <= passed) {
          late.add(change.position() + " after " + passed);
        }
      }
      passed = upTo;
    } while (!last);
    return true;
  }

  private void readAll(S on, Notifications<C> notified) {
    on.changes(start, on.watermark(), StoreReads.ALL).forEach(notified::add);
  }
}
