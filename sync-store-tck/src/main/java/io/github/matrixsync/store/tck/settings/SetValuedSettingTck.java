package io.github.matrixsync.store.tck.settings;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tests of a setting whose value is a set: the rules N1 and R1 too.
 *
 * @param <E> an element of the set
 * @param <S> the settings' type
 */
abstract class SetValuedSettingTck<E, S extends UserSettings> extends SettingTck<S> {
  private final List<E> values;

  /** Creates the tests with three values of the setting. */
  SetValuedSettingTck(List<E> values) {
    this.values = values;
  }

  /** Sets a user's setting to these values and no others. */
  abstract void setTo(UserId user, Set<E> values);

  /** Returns a user's value in {@code settings}. */
  abstract Set<E> read(UserSettings settings, UserId user);

  @Test
  void n1_setting_changed_isAsOfNow() {
    setTo(ALICE, 0);
    assertReads(ALICE, 0);
    setTo(ALICE, 0, 1);
    assertReads(ALICE, 0, 1);
    setTo(ALICE, 1);
    assertReads(ALICE, 1);
  }

  @Test
  void n1_setting_ofAnotherUser_isTheirs() {
    assertReads(BOB);
    setTo(ALICE, 0, 2);

    assertReads(BOB);
    setTo(BOB, 1);
    assertReads(ALICE, 0, 2);
    assertReads(BOB, 1);
  }

  @Test
  void r1_result_laterChange_leavesItAsItWas() {
    setTo(ALICE, 0);
    Set<E> result = read(tested(), ALICE);

    setTo(ALICE, 1, 2);

    assertThat(result).as("what was read before the change").isEqualTo(values(0));
    assertThatThrownBy(result::clear)
        .as("the result's clear()")
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Override
  final void setFor(UserId user) {
    setTo(user, 0);
  }

  @Override
  final boolean isSetFor(UserSettings settings, UserId user) {
    return read(settings, user).equals(values(0));
  }

  private void assertReads(UserId user, Integer... numbers) {
    assertThat(read(tested(), user)).as("what is set for %s", user).isEqualTo(values(numbers));
  }

  private void setTo(UserId user, Integer... numbers) {
    setTo(user, values(numbers));
  }

  private Set<E> values(Integer... numbers) {
    return Set.of(numbers).stream().map(values::get).collect(Collectors.toUnmodifiableSet());
  }
}
