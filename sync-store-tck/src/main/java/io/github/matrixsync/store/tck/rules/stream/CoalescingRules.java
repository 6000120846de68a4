package io.github.matrixsync.store.tck.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests every coalescing stream: the rules P, B, R and C.
 *
 * @param <C> a change
 */
public interface CoalescingRules<C extends CoalescingStream.Change> extends CoalescingFixture<C> {
  @Test
  default void p1_changes_positions_increaseInTheOrderOfChanges() {
    List<Long> positions = new ArrayList<>();
    for (int value = 1; value <= 3; value++) {
      for (int key = 0; key < 3; key++) {
        positions.add(positionAfter(key, value));
      }
    }

    assertThat(positions).isSorted().doesNotHaveDuplicates();
    assertThat(positions.get(0)).isPositive();
  }

  @Test
  default void l1_onAdvance_listener_readsWhatIsNew() {
    Notifications<Integer> notified = new Notifications<>();
    tested()
        .onAdvance(() -> tested()
            .changes(start(), tested().watermark(), StoreReads.ALL)
            .forEach(change -> notified.add(keyOf(change))));

    change(1, 1);

    notified.await(key -> key == 1, "a signal with which the change can be read");
  }

  @Test
  default void b1_changes_after_isExclusiveAndUpToInclusive() {
    long first = positionAfter(0, 1);
    long second = positionAfter(1, 1);
    positionAfter(2, 1);

    assertThat(keysOf(tested().changes(first, second, 9))).containsExactly(1);
    assertThat(keysOf(tested().changes(second, second, 9))).isEmpty();
    assertThat(keysOf(tested().changes(start(), first, 9))).containsExactly(0);
  }

  @Test
  default void b2_changes_limit_cutsOffTheHighest() {
    change(2, 1);
    change(0, 1);
    long end = positionAfter(1, 1);

    assertThat(keysOf(tested().changes(start(), end, 9))).containsExactly(2, 0, 1);
    assertThat(keysOf(tested().changes(start(), end, 2))).containsExactly(2, 0);
    assertThat(keysOf(tested().changes(start(), end, 1))).containsExactly(2);
  }

  @Test
  default void b3_changes_everybodys_areRead() {
    change(0, 1);
    change(1, 1);
    long end = positionAfter(2, 1);

    assertThat(keysOf(tested().changes(start(), end, StoreReads.ALL))).contains(0, 1, 2);
  }

  @Test
  default void r1_changesAndCurrent_laterChange_leavesTheResultsAsTheyWere() {
    change(0, 1);
    long end = positionAfter(1, 1);
    List<C> changes = tested().changes(start(), end, 9);
    List<C> current = current(List.of(0));
    List<C> changesCopy = List.copyOf(changes);
    List<C> currentCopy = List.copyOf(current);

    change(0, 2);
    change(1, 2);

    assertThat(changes).isEqualTo(changesCopy).isNotEmpty();
    assertThat(current).isEqualTo(currentCopy).isNotEmpty();
    assertThatThrownBy(changes::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(current::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  default void r2_changes_fromBelowRetainedAfter_isExpired() {
    change(0, 1);
    restart();
    change(0, 2);
    long retained = tested().retainedAfter();

    if (retained > 0) {
      assertThatThrownBy(() -> tested().changes(retained - 1, tested().watermark(), 9))
          .isInstanceOf(ExpiredPositionException.class);
    }
    assertThat(keysOf(tested().changes(retained, tested().watermark(), 9))).contains(0);
  }

  @Test
  default void c1_changes_sameKeyAgain_entryMovesUp() {
    long first = positionAfter(0, 1);
    long second = positionAfter(1, 1);
    long third = positionAfter(0, 2);

    assertThat(third).isGreaterThan(second);
    assertThat(keysOf(tested().changes(start(), third, 9))).containsExactlyInAnyOrder(0, 1);
    assertThat(keysOf(tested().changes(start(), first, 9))).isEmpty();
    assertThat(tested().changes(second, third, 9))
        .filteredOn(change -> keyOf(change) == 0)
        .hasSize(1)
        .allMatch(change -> hasValue(change, 2));
  }

  @Test
  default void c1_changes_writersAtOnce_nothingComesAtOrBelowTheWatermark() {
    CoalescingRace<C> race = new CoalescingRace<>(this);
    race.run();

    assertThat(race.late()).as("%s", race).isEmpty();
  }

  @Test
  default void c2_current_afterAChange_isTheLatest() {
    for (int value = 1; value <= 5; value++) {
      change(1, value);
      int expected = value;
      assertThat(current(List.of(0, 1)))
          .hasSize(1)
          .allMatch(change -> keyOf(change) == 1 && hasValue(change, expected));
    }
  }

  @Test
  default void c2_current_keysAskedFor_andNoOthers() {
    change(0, 1);
    change(1, 1);
    change(2, 1);

    assertThat(keysOf(current(List.of(0, 2, 0)))).containsExactlyInAnyOrder(0, 2);
    assertThat(current(List.of())).isEmpty();
  }

  @Test
  default void c3_restarted_positions_goOnAboveAllGivenOut() {
    change(0, 1);
    change(1, 1);
    long before = positionAfter(0, 2);
    restart();

    assertThat(tested().watermark()).isGreaterThanOrEqualTo(before);
    assertThat(positionAfter(2, 1)).isGreaterThan(before);
  }

  @Test
  default void c3_restarted_whatIsForgotten_liesBelowRetainedAfter() {
    long before = positionAfter(0, 1);
    restart();
    if (current(List.of(0)).isEmpty()) {
      assertThat(tested().retainedAfter()).isGreaterThanOrEqualTo(before);
    } else {
      assertThat(keysOf(tested().changes(tested().retainedAfter(), tested().watermark(), 9)))
          .contains(0);
    }
  }

  private List<Integer> keysOf(List<C> changes) {
    return changes.stream().map(this::keyOf).toList();
  }

  private long positionAfter(int key, int value) {
    return CoalescingFixture.positionAfter(this, () -> change(key, value));
  }
}
