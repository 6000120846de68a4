package io.github.matrixsync.store.tck.settings;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Heard;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * The tests of one thing that users set, as far as listeners are told of it: the rules L1 and L2. A class per setting
 * says how it is set and read.
 *
 * @param <S> the settings' type
 */
abstract class SettingTck<S extends UserSettings> extends StoreTck<S> {
  /** Sets something for a user for whom nothing is set. */
  abstract void setFor(UserId user);

  /** Returns whether exactly that is set for a user, as {@code settings} has it. */
  abstract boolean isSetFor(UserSettings settings, UserId user);

  @Test
  void l1_onChange_changed_tellsWhoseItIs() {
    Heard<UserId> heard = new Heard<>();
    tested().onChange(heard::add);

    setFor(ALICE);
    heard.await(ALICE::equals, "a signal of Alice's change");
    setFor(BOB);
    heard.await(BOB::equals, "a signal of Bob's change");
  }

  @Test
  void l1_onChange_listener_readsWhatIsNew() {
    Heard<Boolean> heard = new Heard<>();
    tested().onChange(user -> heard.add(isSetFor(store(), user)));

    setFor(ALICE);

    heard.await(isSet -> isSet, "a signal with which the new setting can be read");
  }

  @Test
  void l2_onChange_registrationClosed_hearsNothingMore() {
    Heard<String> heard = new Heard<>();
    tested().onChange(user -> heard.add("closed")).close();
    tested().onChange(user -> heard.add("open"));

    setFor(ALICE);

    heard.await("open"::equals, "a signal to the registration that was not closed");
    assertThat(heard.all()).as("who heard").doesNotContain("closed");
  }

  @Test
  void l2_onChange_listenerThrows_setterAndOtherListenersGoOn() {
    Heard<UserId> heard = new Heard<>();
    tested().onChange(SettingTck::fail);
    tested().onChange(heard::add);

    assertThatCode(() -> Threads.elsewhere(() -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
          setFor(ALICE);
          return true;
        }))
        .as("setting while a listener throws")
        .doesNotThrowAnyException();

    heard.await(ALICE::equals, "the signal to the listener after the one that throws");
  }

  @Test
  void l2_onChange_whileAListenerRuns_othersReadAndSet() {
    Heard<String> heard = new Heard<>();
    AtomicBoolean first = new AtomicBoolean(true);
    tested().onChange(user -> {
      if (first.compareAndSet(true, false)) {
        heard.add(othersAreFree());
      }
    });

    setFor(ALICE);

    assertThat(heard.await(outcome -> true, "a signal"))
        .as("another thread, while the listener runs")
        .isEqualTo("free");
  }

  UserSettings tested() {
    return recorded(UserSettings.class);
  }

  private String othersAreFree() {
    try {
      Threads.elsewhere(() -> {
        boolean unused = isSetFor(store(), ALICE);
        setFor(BOB);
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
