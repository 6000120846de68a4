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
 * The contract of {@link UserSettings#blocksInvites}: the rules N1, L1, L2 and R1 of the package
 * {@code io.github.matrixsync.store}. For a host whose users can block all invites.
 *
 * @param <S> the settings' type
 * @since 0.1.0
 */
public abstract class BlockedInvitesTck<S extends UserSettings> extends SettingTck<S> {
  /** For subclasses. */
  protected BlockedInvitesTck() {}

  /** Returns settings in which no user blocks invites. Called before every test. */
  @Override
  protected abstract S open();

  /** Sets in {@link #store()} whether a user blocks all invites. */
  protected abstract void setBlocksInvites(UserId user, boolean blocks);

  @Test
  void n1_blocksInvites_usersAskedFor_andNoOthers() {
    assertThat(tested().blocksInvites(List.of(ALICE, BOB)))
        .as("before anybody did")
        .isEmpty();
    setBlocksInvites(BOB, true);
    setBlocksInvites(CAROL, true);

    assertThat(tested().blocksInvites(List.of(ALICE, BOB))).containsExactly(BOB);
    assertThat(tested().blocksInvites(List.of(ALICE))).isEmpty();
    assertThat(tested().blocksInvites(List.of())).isEmpty();
  }

  @Test
  void n1_blocksInvites_noLonger_isAsBefore() {
    setBlocksInvites(BOB, true);
    setBlocksInvites(CAROL, true);
    setBlocksInvites(BOB, false);

    assertThat(tested().blocksInvites(List.of(ALICE, BOB, CAROL))).containsExactly(CAROL);
  }

  @Test
  void r1_blocksInvites_laterChange_leavesItAsItWas() {
    setBlocksInvites(BOB, true);
    Set<UserId> result = tested().blocksInvites(List.of(ALICE, BOB));

    setBlocksInvites(ALICE, true);

    assertThat(result).as("what was read before Alice did").containsExactly(BOB);
    assertThatThrownBy(result::clear)
        .as("the result's clear()")
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Override
  final void setFor(UserId user) {
    setBlocksInvites(user, true);
  }

  @Override
  final boolean isSetFor(UserSettings settings, UserId user) {
    return settings.blocksInvites(List.of(user)).equals(Set.of(user));
  }
}
