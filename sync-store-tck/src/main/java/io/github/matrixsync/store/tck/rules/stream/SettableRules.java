package io.github.matrixsync.store.tck.rules.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.ephemeral.CoalescingStream;
import org.junit.jupiter.api.Test;

/**
 * Tests every coalescing stream that is set through this library: the rule C1.
 *
 * @param <C> a change
 */
public interface SettableRules<C extends CoalescingStream.Change> extends CoalescingFixture<C> {
  @Test
  default void c1_set_toWhatItIs_takesNoPosition() {
    change(0, 1);
    long before = tested().watermark();
    change(0, 1);

    assertThat(tested().watermark()).isEqualTo(before);
  }

  @Test
  default void c1_set_backToAnEarlierValue_isAChange() {
    change(0, 1);
    change(0, 2);
    long before = tested().watermark();

    assertThat(CoalescingFixture.positionAfter(this, () -> changeBack(0, 1))).isGreaterThan(before);
  }

  /** Sets a key to a value that it had before. */
  void changeBack(int key, int value);
}
