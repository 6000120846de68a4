package io.github.matrixsync.store.tck.device;

import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.LAPTOP;
import static io.github.matrixsync.store.tck.device.ToDeviceInboxTck.PHONE;
import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.DeviceKeyCounts;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link DeviceKeyCounts}: the rules KC of the package {@code io.github.matrixsync.store.device}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class DeviceKeyCountsTck<S extends DeviceKeyCounts> extends StoreTck<S> {
  private static final String CURVE = KeyCounts.SIGNED_CURVE25519;

  /** For subclasses. */
  protected DeviceKeyCountsTck() {}

  /** Returns a new store that knows no device. Called before every test. */
  @Override
  protected abstract S open();

  /** Has a device have so many unclaimed one-time keys and these unused fallback keys, by uploads or claims. */
  protected abstract void set(UserId user, DeviceId device, KeyCounts counts);

  /** Deletes a device. */
  protected abstract void remove(UserId user, DeviceId device);

  /** Returns how often this process has read the storage so far; 0 for a store that does no I/O. */
  protected abstract long storageReads();

  private DeviceKeyCounts tested() {
    return recorded(DeviceKeyCounts.class);
  }

  @Test
  void kc1_counts_algorithmWithoutKeysLeft_isThereAtZero() {
    set(ALICE, PHONE, counts(Map.of(CURVE, 50, "old", 3)));
    set(ALICE, PHONE, counts(Map.of(CURVE, 49)));

    assertThat(tested().counts(ALICE, PHONE)).isEqualTo(counts(Map.of(CURVE, 49, "old", 0)));
    set(ALICE, PHONE, counts(Map.of("old", 1)));
    assertThat(tested().counts(ALICE, PHONE)).isEqualTo(counts(Map.of(CURVE, 0, "old", 1)));
  }

  @Test
  void kc1_counts_anyAlgorithm_comesBack() {
    Map<String, Integer> all = new HashMap<>();
    Events.ANY_TEXTS.forEach(text -> all.put(text, all.size()));
    KeyCounts counts = new KeyCounts(all, Set.copyOf(Events.ANY_TEXTS));

    set(ALICE, PHONE, counts);

    assertThat(tested().counts(ALICE, PHONE)).isEqualTo(counts);
  }

  @Test
  void kc2_counts_oneCall_makesAtMostOneRead() {
    Map<String, Integer> many = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      many.put("algorithm" + i, i);
    }
    set(ALICE, PHONE, counts(many));
    long before = storageReads();

    store().counts(ALICE, PHONE);

    assertThat(storageReads() - before).isBetween(0L, 1L);
  }

  @Test
  void kc3_counts_afterEveryChange_areNew() {
    for (int left = 3; left >= 0; left--) {
      KeyCounts now = new KeyCounts(Map.of(CURVE, left), left == 0 ? Set.of() : Set.of(CURVE));
      set(ALICE, PHONE, now);
      assertThat(tested().counts(ALICE, PHONE)).isEqualTo(now);
      assertThat(Threads.elsewhere(() -> store().counts(ALICE, PHONE))).isEqualTo(now);
    }
  }

  @Test
  void kc4_counts_otherDevicesAndUnknownUsers_areNone() {
    set(ALICE, PHONE, counts(Map.of(CURVE, 5)));
    set(BOB, LAPTOP, counts(Map.of(CURVE, 6)));

    assertThat(tested().counts(ALICE, LAPTOP)).isEqualTo(KeyCounts.NONE);
    assertThat(tested().counts(BOB, PHONE)).isEqualTo(KeyCounts.NONE);
    assertThat(tested().counts(BOB, LAPTOP)).isEqualTo(counts(Map.of(CURVE, 6)));
  }

  @Test
  void kc4_counts_removedDevice_areNone() {
    set(ALICE, PHONE, new KeyCounts(Map.of(CURVE, 5, "old", 1), Set.of("old")));
    set(ALICE, LAPTOP, counts(Map.of(CURVE, 6)));

    remove(ALICE, PHONE);

    assertThat(tested().counts(ALICE, PHONE)).isEqualTo(KeyCounts.NONE);
    assertThat(tested().counts(ALICE, LAPTOP)).isEqualTo(counts(Map.of(CURVE, 6)));
  }

  private static KeyCounts counts(Map<String, Integer> oneTimeKeys) {
    return new KeyCounts(oneTimeKeys, Set.of());
  }
}
