package io.github.matrixsync.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.CoalescingStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What all coalescing streams have in common that are set through this library: the rule C1.
 *
 * @param <C> a change
 */
interface SettableRules<C extends CoalescingStream.Change> extends CoalescingSubject<C> {
  @Test
  default void c1_set_toWhatItIs_takesNoPosition() {
    change(0, 1);
    long before = current(List.of(0)).get(0).position();
    change(0, 1);
    change(1, 1);
    long after = current(List.of(1)).get(0).position();

    assertThat(current(List.of(0)).get(0).position()).isEqualTo(before);
    assertThat(store().changes(before, after, 9)).hasSize(1);
  }

  @Test
  default void c1_set_backToAnEarlierValue_isAChange() {
    change(0, 1);
    change(0, 2);
    long before = current(List.of(0)).get(0).position();
    changeBack(0, 1);

    assertThat(current(List.of(0)).get(0).position()).isGreaterThan(before);
  }

  /** Sets the value of a key to one that it had before. */
  void changeBack(int key, int value);
}
