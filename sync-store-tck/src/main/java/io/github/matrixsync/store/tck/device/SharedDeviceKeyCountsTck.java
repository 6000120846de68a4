package io.github.matrixsync.store.tck.device;

import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.PHONE;
import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.SettableDeviceKeyCounts;
import io.github.matrixsync.store.tck.SharedStoreTck;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of key counts for several store instances that share one storage: the rules KC of the package {@code
 * io.github.matrixsync.store.device}, checked between instances. Implement {@link #open} and {@link #another}; {@link
 * SharedStoreTck} has an example.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedDeviceKeyCountsTck<S extends SettableDeviceKeyCounts>
    extends SharedStoreTck<S> {
  /** For subclasses. */
  protected SharedDeviceKeyCountsTck() {}

  @Test
  void kc1_counts_algorithmThatTheOtherSet_isThereAtZero() {
    store().set(ALICE, PHONE, new KeyCounts(Map.of("a", 3), Set.of()));
    withoutSignals().set(ALICE, PHONE, new KeyCounts(Map.of("b", 4), Set.of()));

    assertThat(store().counts(ALICE, PHONE))
        .isEqualTo(new KeyCounts(Map.of("a", 0, "b", 4), Set.of()));
  }

  @Test
  void kc3_counts_theOtherSetWithoutASignal_areNew() {
    for (int left = 3; left > 0; left--) {
      KeyCounts now = new KeyCounts(Map.of("a", left), Set.of("a"));
      store().set(ALICE, PHONE, now);
      assertThat(withoutSignals().counts(ALICE, PHONE)).isEqualTo(now);
    }
  }

  @Test
  void kc4_counts_removedByTheOther_areNone() {
    store().set(ALICE, PHONE, new KeyCounts(Map.of("a", 3), Set.of("a")));

    withoutSignals().remove(ALICE, PHONE);

    assertThat(store().counts(ALICE, PHONE)).isEqualTo(KeyCounts.NONE);
  }
}
