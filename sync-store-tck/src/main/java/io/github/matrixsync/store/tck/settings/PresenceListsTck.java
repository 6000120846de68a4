package io.github.matrixsync.store.tck.settings;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.tck.support.Events;
import java.util.Set;

/**
 * The contract of {@link UserSettings#presenceList}: the rules N1, L1, L2 and R1 of the package
 * {@code io.github.matrixsync.store}. For a host whose users have presence lists.
 *
 * @param <S> the settings' type
 * @since 0.1.0
 */
public abstract class PresenceListsTck<S extends UserSettings>
    extends SetValuedSettingTck<UserId, S> {
  /** For subclasses. */
  protected PresenceListsTck() {
    super(Events.USERS);
  }

  /** Returns settings in which nothing is set. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Sets in {@link #store()} the users in a user's presence list: exactly these. May be called by several threads.
   */
  protected abstract void setPresenceList(UserId user, Set<UserId> users);

  @Override
  final void setTo(UserId user, Set<UserId> users) {
    setPresenceList(user, users);
  }

  @Override
  final Set<UserId> read(UserSettings settings, UserId user) {
    return settings.presenceList(user);
  }
}
