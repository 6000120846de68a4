package io.github.matrixsync.store.tck.device;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.device.DeviceListStore;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.rules.stream.StreamRules;
import io.github.matrixsync.store.tck.support.PausingList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link DeviceListStore}: the rules W, L, B, R and C of the package
 * {@code io.github.matrixsync.store}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class DeviceListStoreTck<S extends DeviceListStore> extends StoreTck<S>
    implements StreamRules {
  private static final List<UserId> USERS = List.of(ALICE, BOB, CAROL);

  private final AtomicInteger advances = new AtomicInteger();
  private long start;

  /** For subclasses. */
  protected DeviceListStoreTck() {}

  /** Returns a new, empty store. Called before every test. */
  @Override
  protected abstract S open();

  /** Returns the store as it is after a restart of the process. Called at most once a test. */
  protected abstract S restarted(S earlier);

  /** Records that a user's devices changed. Returns when the change can be read. Called by several threads. */
  protected abstract void set(UserId user);

  @Override
  public final DeviceListStore tested() {
    return recorded(DeviceListStore.class);
  }

  @BeforeEach
  final void rememberStart() {
    start = store().watermark();
  }

  @Override
  public final void advance() {
    set(UserId.parse("@user" + advances.incrementAndGet() + ":tck.example"));
  }

  @Override
  public final void readHeldUpBy(Runnable pause) {
    store().current(new PausingList<>(USERS, pause));
  }

  @Test
  void c1_set_again_movesTheOneEntryUp() {
    set(ALICE);
    set(BOB);
    long before = tested().refresh();
    set(ALICE);
    long end = tested().refresh();

    List<DeviceListChange> changes = tested().changes(start, end, 9);
    assertThat(changes).extracting(DeviceListChange::user).containsExactly(BOB, ALICE);
    assertThat(changes.get(0).position()).isLessThanOrEqualTo(before);
    assertThat(changes.get(1).position()).isGreaterThan(before);
    assertThat(tested().changes(before, end, 9)).containsExactly(changes.get(1));
  }

  @Test
  void b2_changes_limit_cutsOffTheHighest() {
    USERS.forEach(this::set);
    long end = tested().refresh();

    assertThat(tested().changes(start, end, 2))
        .extracting(DeviceListChange::user)
        .containsExactly(ALICE, BOB);
  }

  @Test
  void c2_current_hasWhomItWasAskedFor() {
    set(ALICE);
    set(BOB);
    set(ALICE);

    assertThat(tested().current(List.of(ALICE, CAROL)))
        .extracting(DeviceListChange::user)
        .containsExactly(ALICE);
    assertThat(tested().current(USERS))
        .containsExactlyInAnyOrderElementsOf(tested().changes(start, tested().refresh(), 9));
  }

  @Test
  void c3_restart_nothingIsForgottenSilently() {
    USERS.forEach(this::set);
    long before = tested().refresh();

    use(restarted(store()));

    assertThat(store().watermark()).isGreaterThanOrEqualTo(before);
    if (store().retainedAfter() > start) {
      assertThat(store().retainedAfter()).isGreaterThanOrEqualTo(before);
      assertThatThrownBy(() -> store().changes(start, store().watermark(), 9))
          .isInstanceOf(ExpiredPositionException.class);
    } else {
      assertThat(store().changes(start, store().watermark(), 9)).hasSize(3);
    }
    set(BOB);
    assertThat(store().changes(before, store().refresh(), 9))
        .extracting(DeviceListChange::user)
        .containsExactly(BOB);
  }
}
