package io.github.matrixsync.store.tck.settings;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link UserSettings#erased}: the rules N1, L1, L2 and R1 of the package
 * {@code io.github.matrixsync.store}. For a host whose users can have their events erased.
 *
 * @param <S> the settings' type
 * @since 0.1.0
 */
public abstract class ErasedUsersTck<S extends UserSettings> extends SettingTck<S> {
  /** For subclasses. */
  protected ErasedUsersTck() {}

  /** Returns settings in which no user is erased. Called before every test. */
  @Override
  protected abstract S open();

  /** Sets in {@link #store()} that a user asked for their events to be erased. */
  protected abstract void erase(UserId user);

  @Test
  void n1_erased_usersAskedFor_andNoOthers() {
    assertThat(tested().erased(List.of(ALICE, BOB))).as("before anybody asked").isEmpty();
    erase(BOB);
    erase(CAROL);

    assertThat(tested().erased(List.of(ALICE, BOB))).containsExactly(BOB);
    assertThat(tested().erased(List.of(ALICE))).isEmpty();
    assertThat(tested().erased(List.of())).isEmpty();
  }

  @Test
  void r1_erased_laterChange_leavesItAsItWas() {
    erase(BOB);
    Set<UserId> result = tested().erased(List.of(ALICE, BOB));

    erase(ALICE);

    assertThat(result).as("what was read before Alice asked").containsExactly(BOB);
    assertThatThrownBy(result::clear)
        .as("the result's clear()")
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Override
  final void setFor(UserId user) {
    erase(user);
  }

  @Override
  final boolean isSetFor(UserSettings settings, UserId user) {
    return settings.erased(List.of(user)).equals(Set.of(user));
  }
}
