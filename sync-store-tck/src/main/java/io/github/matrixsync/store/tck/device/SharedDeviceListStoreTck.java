package io.github.matrixsync.store.tck.device;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.device.SettableDeviceListStore;
import io.github.matrixsync.store.tck.SharedStoreTck;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of changed device lists for several store instances that share one storage: the rules P, W, L and C,
 * checked between instances. Implement {@link #open} and {@link #another}, and {@link #write} if the storage has
 * transactions; {@link SharedStoreTck} has an example.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedDeviceListStoreTck<S extends SettableDeviceListStore>
    extends SharedStoreTck<S> {
  private static final List<UserId> USERS = List.of(ALICE, BOB, CAROL);
  private static final int CHANGES = 30;

  private long start;

  /** For subclasses. */
  protected SharedDeviceListStoreTck() {}

  @BeforeEach
  final void rememberStart() {
    start = store().watermark();
  }

  @Test
  void p1_set_onEitherInTurn_positionsIncrease() {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      positions.add(store().set(UserId.parse("@a" + i + ":tck.example")));
      positions.add(withoutSignals().set(UserId.parse("@b" + i + ":tck.example")));
      positions.add(other().set(UserId.parse("@c" + i + ":tck.example")));
    }

    assertThat(positions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void p1_set_rolledBackOnOne_nothingIsSetAndPositionsIncrease() {
    long before = store().set(ALICE);
    writeAndRollBack(() -> withoutSignals().set(BOB));
    long seen = Math.max(store().refresh(), withoutSignals().refresh());

    assertThat(store().current(USERS)).extracting(DeviceListChange::user).containsExactly(ALICE);
    assertThat(store().set(CAROL)).isGreaterThan(before).isGreaterThan(seen);
  }

  @Test
  void w1_refresh_afterTheOtherSet_findsIt() {
    for (UserId user : USERS) {
      long before = withoutSignals().refresh();
      long end = store().set(user);

      assertThat(withoutSignals().refresh()).isGreaterThanOrEqualTo(end);
      assertThat(withoutSignals().changes(before, end, 9))
          .extracting(DeviceListChange::user)
          .containsExactly(user);
    }
  }

  @Test
  void l1_onAdvance_theOtherSets_isSignaledAndRead() {
    Notifications<UserId> notified = new Notifications<>();
    store().onAdvance(() -> readAll(store(), notified));

    other().set(BOB);

    notified.await(BOB::equals, "a signal with which the other's change is read");
  }

  @Test
  void l1_refresh_findsWhatTheOtherSet_callsTheListeners() {
    S unsignaled = withoutSignals();
    Notifications<UserId> notified = new Notifications<>();
    unsignaled.onAdvance(() -> readAll(unsignaled, notified));
    for (UserId user : USERS) {
      store().set(user);
      unsignaled.refresh();
      notified.await(user::equals, "a call by refresh() for " + user);
    }
  }

  @Test
  void c1_set_bothSetTheSameUsers_bothReadOneEntryEach() {
    S unsignaled = withoutSignals();
    Threads.all(List.of(() -> setAll(store()), () -> setAll(unsignaled)));
    long end = Math.max(store().refresh(), unsignaled.refresh());

    List<DeviceListChange> here = store().changes(start, end, StoreReads.ALL);
    assertThat(here).extracting(DeviceListChange::user).containsExactlyInAnyOrderElementsOf(USERS);
    assertThat(unsignaled.changes(start, end, StoreReads.ALL)).isEqualTo(here);
    assertThat(unsignaled.current(USERS)).containsExactlyInAnyOrderElementsOf(here);
  }

  @Test
  void c2_current_theOtherSet_isAsNewAsTheWatermark() {
    for (int i = 0; i < 3; i++) {
      long end = store().set(ALICE);
      withoutSignals().refresh();

      assertThat(withoutSignals().current(List.of(ALICE)))
          .extracting(DeviceListChange::position)
          .containsExactly(end);
    }
  }

  private static boolean setAll(SettableDeviceListStore on) {
    for (int i = 0; i < CHANGES; i++) {
      on.set(USERS.get(i % USERS.size()));
    }
    return true;
  }

  private void readAll(S on, Notifications<UserId> notified) {
    on.changes(start, on.watermark(), StoreReads.ALL)
        .forEach(change -> notified.add(change.user()));
  }
}
