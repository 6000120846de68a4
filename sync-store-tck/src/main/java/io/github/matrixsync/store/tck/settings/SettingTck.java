package io.github.matrixsync.store.tck.settings;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * The tests of one user setting's listeners: the rules L1 and L2. A subclass sets and reads the setting.
 *
 * @param <S> the settings' type
 */
abstract class SettingTck<S extends UserSettings> extends StoreTck<S> {
  /** Sets a value for a user without one. */
  abstract void setFor(UserId user);

  /** Returns whether {@code settings} has exactly that value for a user. */
  abstract boolean isSetFor(UserSettings settings, UserId user);

  @Test
  void l1_onChange_changed_tellsWhoseItIs() {
    Notifications<UserId> notified = new Notifications<>();
    tested().onChange(notified::add);

    setFor(ALICE);
    notified.await(ALICE::equals, "a signal of Alice's change");
    setFor(BOB);
    notified.await(BOB::equals, "a signal of Bob's change");
  }

  @Test
  void l1_onChange_listener_readsWhatIsNew() {
    Notifications<Boolean> notified = new Notifications<>();
    tested().onChange(user -> notified.add(isSetFor(store(), user)));

    setFor(ALICE);

    notified.await(isSet -> isSet, "a signal with which the new setting can be read");
  }

  @Test
  void l2_onChange_registrationClosed_getsNoMoreSignals() {
    Notifications<String> notified = new Notifications<>();
    tested().onChange(user -> notified.add("closed")).close();
    tested().onChange(user -> notified.add("open"));

    setFor(ALICE);

    notified.await("open"::equals, "a signal to the registration that was not closed");
    assertThat(notified.all()).as("who was called").doesNotContain("closed");
  }

  @Test
  void l2_onChange_listenerThrows_setterAndOtherListenersGoOn() {
    Notifications<UserId> notified = new Notifications<>();
    tested().onChange(SettingTck::fail);
    tested().onChange(notified::add);

    assertThatCode(() -> Threads.elsewhere(() -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
          setFor(ALICE);
          return true;
        }))
        .as("setting while a listener throws")
        .doesNotThrowAnyException();

    notified.await(ALICE::equals, "the signal to the listener after the one that throws");
  }

  @Test
  void l2_onChange_whileAListenerRuns_othersReadAndSet() {
    Notifications<String> notified = new Notifications<>();
    AtomicBoolean first = new AtomicBoolean(true);
    tested().onChange(user -> {
      if (first.compareAndSet(true, false)) {
        notified.add(othersAreFree());
      }
    });

    setFor(ALICE);

    assertThat(notified.await(outcome -> true, "a signal"))
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

  /** Throws from a listener. If a store calls the listener on a thread of its own, the stack trace is not printed. */
  private static void fail(UserId user) {
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
    throw new IllegalStateException("a listener's own failure about " + user);
  }
}
