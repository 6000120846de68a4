package io.github.matrixsync.store.tck.settings;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SettableUserSettings}: the rules N1, L1, L2 and R1 of the package
 * {@code io.github.matrixsync.store}, for every setting.
 *
 * @param <S> the settings' type
 * @since 0.1.0
 */
public abstract class SettableUserSettingsTck<S extends SettableUserSettings>
    extends SettingTck<S> {
  private static final int ROOMS = 20;

  /** For subclasses. */
  protected SettableUserSettingsTck() {}

  /** Returns settings in which nothing is set. Called before every test. */
  @Override
  protected abstract S open();

  @Test
  void n1_setters_changed_areAsOfNow() {
    tested().setIgnored(ALICE, Set.of(BOB));
    tested().setIgnored(ALICE, Set.of(CAROL));
    tested().setPresenceList(ALICE, Set.of(BOB));
    tested().setPresenceList(ALICE, Set.of(BOB, CAROL));
    tested().forget(ALICE, ROOM);
    tested().erase(BOB);

    assertThat(tested().ignored(ALICE)).containsExactly(CAROL);
    assertThat(tested().presenceList(ALICE)).containsExactlyInAnyOrder(BOB, CAROL);
    assertThat(tested().forgotten(ALICE)).containsExactly(ROOM);
    assertThat(tested().erased(List.of(ALICE, BOB, BOB))).containsExactly(BOB);
    tested().setIgnored(ALICE, Set.of());
    assertThat(tested().ignored(ALICE)).isEmpty();
  }

  @Test
  void n1_setters_ofAnotherUser_areTheirs() {
    setEverything(ALICE);

    assertThat(tested().ignored(BOB)).isEmpty();
    assertThat(tested().forgotten(BOB)).isEmpty();
    assertThat(tested().presenceList(BOB)).isEmpty();
    assertThat(tested().erased(List.of(BOB))).isEmpty();
  }

  @Test
  void n1_forgetAndUnforget_roomByRoom_areTheRoomsForgotten() {
    tested().forget(ALICE, ROOM);
    tested().forget(ALICE, OTHER_ROOM);
    tested().forget(ALICE, OTHER_ROOM);
    assertThat(tested().forgotten(ALICE)).containsExactlyInAnyOrder(ROOM, OTHER_ROOM);
    tested().unforget(ALICE, ROOM);
    tested().unforget(ALICE, ROOM);
    tested().unforget(BOB, ROOM);
    assertThat(tested().forgotten(ALICE)).containsExactly(OTHER_ROOM);
  }

  @Test
  void n1_forget_roomsAtOnce_allAreForgotten() {
    Threads.all(List.of(() -> forgetAll(store(), "a"), () -> forgetAll(store(), "b")));

    assertThat(tested().forgotten(ALICE)).hasSize(2 * ROOMS);
  }

  @Test
  void r1_everyRead_laterChange_leavesItAsItWas() {
    tested().setIgnored(ALICE, Set.of(BOB));
    tested().forget(ALICE, ROOM);
    tested().setPresenceList(ALICE, Set.of(BOB));
    tested().erase(BOB);
    Map<String, Set<?>> reads = Map.of(
        "ignored", tested().ignored(ALICE),
        "forgotten", tested().forgotten(ALICE),
        "presenceList", tested().presenceList(ALICE),
        "erased", tested().erased(List.of(ALICE, BOB)));

    setEverything(ALICE);

    reads.forEach((read, result) -> {
      assertThat(result).as("what %s returned before the change", read).hasSize(1);
      assertThatThrownBy(result::clear)
          .as("clear() of what %s returned", read)
          .isInstanceOf(UnsupportedOperationException.class);
    });
  }

  @Test
  void l1_onChange_everySetter_tellsWhoseItIsOnceItCanBeRead() {
    List<Runnable> setters = new ArrayList<>();
    setters.add(() -> tested().setIgnored(ALICE, Set.of(BOB)));
    setters.add(() -> tested().forget(ALICE, ROOM));
    setters.add(() -> tested().setPresenceList(ALICE, Set.of(BOB)));
    setters.add(() -> tested().erase(ALICE));
    setters.add(() -> tested().unforget(ALICE, ROOM));
    Notifications<List<Set<?>>> notified = new Notifications<>();
    tested().onChange(user -> notified.add(everything(user)));
    for (Runnable setter : setters) {
      setter.run();
      List<Set<?>> now = everything(ALICE);
      notified.await(now::equals, "a signal with which " + now + " is read");
    }
  }

  @Override
  final SettableUserSettings tested() {
    return recorded(SettableUserSettings.class);
  }

  @Override
  final void setFor(UserId user) {
    store().setIgnored(user, Set.of(CAROL));
  }

  @Override
  final boolean isSetFor(UserSettings settings, UserId user) {
    return settings.ignored(user).equals(Set.of(CAROL));
  }

  static boolean forgetAll(SettableUserSettings settings, String prefix) {
    for (int i = 0; i < ROOMS; i++) {
      settings.forget(ALICE, RoomId.parse("!" + prefix + i + ":tck.example"));
    }
    return true;
  }

  private void setEverything(UserId user) {
    tested().setIgnored(user, Set.of(BOB, CAROL));
    tested().forget(user, ROOM);
    tested().forget(user, OTHER_ROOM);
    tested().setPresenceList(user, Set.of(BOB, CAROL));
    tested().erase(user);
    tested().setBlocksInvites(user, true);
  }

  private List<Set<?>> everything(UserId user) {
    return List.of(
        store().ignored(user),
        store().forgotten(user),
        store().presenceList(user),
        store().erased(List.of(user)),
        store().blocksInvites(List.of(user)));
  }
}
