package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.Events.ALICE;
import static io.github.matrixsync.store.tck.Events.BOB;
import static io.github.matrixsync.store.tck.Events.CAROL;
import static io.github.matrixsync.store.tck.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.Events.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link UserSettings}: the rules N1, L1, L2 and R1 of the package {@code io.github.matrixsync.store}.
 *
 * @param <S> the settings' type
 */
public abstract class UserSettingsTck<S extends UserSettings> extends StoreTck<S> {
  private static final UserId DAVE = UserId.parse("@dave:tck.example");

  /** Begins the tests of settings. */
  protected UserSettingsTck() {}

  /** Returns settings of a world in which nobody has set anything. Called before every test. */
  @Override
  protected abstract S open();

  /** Sets in {@link #store()} whom a user ignores: exactly these. */
  protected abstract void setIgnored(UserId user, Set<UserId> ignored);

  /** Sets in {@link #store()} which rooms a user has forgotten: exactly these. */
  protected abstract void setForgotten(UserId user, Set<RoomId> rooms);

  /** Sets in {@link #store()} whose presence a user follows: exactly that of these. */
  protected abstract void setPresenceList(UserId user, Set<UserId> users);

  /** Notes in {@link #store()} that a user asked for their events to be erased. */
  protected abstract void erase(UserId user);

  @Test
  void n1_everySetting_changed_isAsOfNow() {
    setIgnored(ALICE, Set.of(BOB));
    setIgnored(ALICE, Set.of(BOB, CAROL));
    setForgotten(ALICE, Set.of(ROOM, OTHER_ROOM));
    setForgotten(ALICE, Set.of(OTHER_ROOM));
    setPresenceList(ALICE, Set.of(CAROL));
    erase(BOB);

    assertThat(store().ignored(ALICE)).containsExactlyInAnyOrder(BOB, CAROL);
    assertThat(store().forgotten(ALICE)).containsExactly(OTHER_ROOM);
    assertThat(store().presenceList(ALICE)).containsExactly(CAROL);
    assertThat(store().erased(List.of(ALICE, BOB))).containsExactly(BOB);
  }

  @Test
  void n1_everySetting_ofAnotherUser_isTheirs() {
    setIgnored(ALICE, Set.of(BOB));
    setForgotten(ALICE, Set.of(ROOM));
    setPresenceList(ALICE, Set.of(CAROL));
    erase(CAROL);

    assertThat(store().ignored(BOB)).isEmpty();
    assertThat(store().forgotten(BOB)).isEmpty();
    assertThat(store().presenceList(BOB)).isEmpty();
    assertThat(store().erased(List.of(ALICE, BOB))).isEmpty();
    assertThat(store().erased(List.of())).isEmpty();
  }

  @Test
  void l1_onChange_everySetting_tellsWhoseItIs() {
    Heard<UserId> heard = new Heard<>();
    store().onChange(heard::add);

    setIgnored(ALICE, Set.of(BOB));
    heard.await(ALICE::equals, "that Alice ignores somebody");
    setForgotten(BOB, Set.of(ROOM));
    heard.await(BOB::equals, "that Bob forgot a room");
    setPresenceList(CAROL, Set.of(BOB));
    heard.await(CAROL::equals, "that Carol follows somebody");
    erase(DAVE);
    heard.await(DAVE::equals, "that Dave asked for erasure");
  }

  @Test
  void l1_onChange_listener_readsWhatIsNew() {
    Heard<Set<UserId>> heard = new Heard<>();
    store().onChange(user -> heard.add(store().ignored(user)));

    setIgnored(ALICE, Set.of(BOB));

    heard.await(Set.of(BOB)::equals, "a signal with which the new setting can be read");
  }

  @Test
  void l2_onChange_registrationClosed_hearsNothingMore() {
    Heard<String> heard = new Heard<>();
    store().onChange(user -> heard.add("closed")).close();
    store().onChange(user -> heard.add("open"));

    setIgnored(ALICE, Set.of(BOB));

    heard.await("open"::equals, "a signal to the registration that was not closed");
    assertThat(heard.all()).doesNotContain("closed");
  }

  @Test
  void l2_onChange_listenerThrows_setterAndOtherListenersGoOn() {
    Heard<UserId> heard = new Heard<>();
    store().onChange(UserSettingsTck::fail);
    store().onChange(heard::add);

    assertThatCode(() -> Threads.elsewhere(() -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
          setIgnored(ALICE, Set.of(BOB));
          return true;
        }))
        .doesNotThrowAnyException();

    heard.await(ALICE::equals, "the signal to the listener after the one that throws");
  }

  @Test
  void l2_onChange_whileAListenerRuns_othersReadAndSet() {
    Heard<String> heard = new Heard<>();
    AtomicBoolean first = new AtomicBoolean(true);
    store().onChange(user -> {
      if (first.compareAndSet(true, false)) {
        heard.add(othersAreFree());
      }
    });

    setIgnored(ALICE, Set.of(BOB));

    assertThat(heard.await(outcome -> true, "a signal")).isEqualTo("free");
  }

  @Test
  void r1_results_laterChanges_leaveThemAsTheyWere() {
    setIgnored(ALICE, Set.of(BOB));
    setForgotten(ALICE, Set.of(ROOM));
    setPresenceList(ALICE, Set.of(CAROL));
    erase(BOB);
    List<Set<?>> results = List.of(
        store().ignored(ALICE),
        store().forgotten(ALICE),
        store().presenceList(ALICE),
        store().erased(List.of(ALICE, BOB)));

    setIgnored(ALICE, Set.of());
    setForgotten(ALICE, Set.of());
    setPresenceList(ALICE, Set.of());
    erase(ALICE);

    assertThat(results).allSatisfy(result -> {
      assertThat(result).hasSize(1);
      assertThatThrownBy(result::clear).isInstanceOf(UnsupportedOperationException.class);
    });
  }

  private String othersAreFree() {
    try {
      Threads.elsewhere(() -> {
        setPresenceList(BOB, store().ignored(ALICE));
        return true;
      });
      return "free";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void fail(UserId user) {
    throw new IllegalStateException("a listener's own failure about " + user);
  }
}
