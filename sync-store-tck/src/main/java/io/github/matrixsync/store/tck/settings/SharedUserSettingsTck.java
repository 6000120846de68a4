package io.github.matrixsync.store.tck.settings;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.tck.SharedStoreTck;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of user settings of which several instances write one storage: the rules N1 and L1 between them.
 * Implement {@link #open} and {@link #another}; the example is at {@link SharedStoreTck}.
 *
 * @param <S> the settings' type
 * @since 0.1.0
 */
public abstract class SharedUserSettingsTck<S extends SettableUserSettings>
    extends SharedStoreTck<S> {
  /** For subclasses. */
  protected SharedUserSettingsTck() {}

  @Test
  void n1_everyRead_theOtherSetWithoutASignal_isAsOfNow() {
    S unsignaled = withoutSignals();
    assertThat(everything(unsignaled)).allMatch(Set::isEmpty);
    store().setIgnored(ALICE, Set.of(BOB));
    store().setPresenceList(ALICE, Set.of(CAROL));
    store().forget(ALICE, ROOM);
    store().erase(ALICE);
    assertThat(everything(unsignaled))
        .isEqualTo(List.of(Set.of(BOB), Set.of(ROOM), Set.of(CAROL), Set.of(ALICE)));

    unsignaled.unforget(ALICE, ROOM);
    unsignaled.setIgnored(ALICE, Set.of());
    assertThat(everything(store()))
        .isEqualTo(List.of(Set.of(), Set.of(), Set.of(CAROL), Set.of(ALICE)));
  }

  @Test
  void n1_forget_byBothInTurn_allAreForgotten() {
    store().forget(ALICE, ROOM);
    withoutSignals().forget(ALICE, OTHER_ROOM);

    assertThat(store().forgotten(ALICE)).containsExactlyInAnyOrder(ROOM, OTHER_ROOM);
  }

  @Test
  void n1_forget_byBothAtOnce_allAreForgotten() {
    S unsignaled = withoutSignals();
    Threads.all(List.of(
        () -> SettableUserSettingsTck.forgetAll(store(), "a"),
        () -> SettableUserSettingsTck.forgetAll(unsignaled, "b")));

    assertThat(store().forgotten(ALICE)).hasSize(40);
    assertThat(unsignaled.forgotten(ALICE)).isEqualTo(store().forgotten(ALICE));
  }

  @Test
  void l1_onChange_theOtherSets_isCalledForEachAndReads() {
    List<Runnable> setters = new ArrayList<>();
    setters.add(() -> other().setIgnored(ALICE, Set.of(BOB)));
    setters.add(() -> other().forget(ALICE, ROOM));
    setters.add(() -> other().setPresenceList(ALICE, Set.of(BOB)));
    setters.add(() -> other().erase(ALICE));
    setters.add(() -> other().unforget(ALICE, ROOM));
    Notifications<List<Set<?>>> notified = new Notifications<>();
    store().onChange(user -> notified.add(user.equals(ALICE) ? everything(store()) : List.of()));
    for (Runnable setter : setters) {
      setter.run();
      List<Set<?>> now = everything(other());
      notified.await(now::equals, "a signal of the other's change with which " + now + " is read");
    }
  }

  @Test
  void l1_onChange_theOtherChangesManyUsers_isCalledForEach() {
    Notifications<UserId> notified = new Notifications<>();
    store().onChange(notified::add);
    for (int i = 0; i < 20; i++) {
      other().setIgnored(UserId.parse("@user" + i + ":tck.example"), Set.of(BOB));
    }
    for (int i = 0; i < 20; i++) {
      UserId user = UserId.parse("@user" + i + ":tck.example");
      notified.await(user::equals, "a signal of the other's change for " + user);
    }
  }

  private List<Set<?>> everything(S on) {
    return List.of(
        on.ignored(ALICE), on.forgotten(ALICE), on.presenceList(ALICE), on.erased(List.of(ALICE)));
  }
}
