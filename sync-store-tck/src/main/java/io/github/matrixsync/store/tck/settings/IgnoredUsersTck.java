package io.github.matrixsync.store.tck.settings;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.tck.support.Events;
import java.util.Set;

/**
 * The contract of {@link UserSettings#ignored}: the rules N1, L1, L2 and R1 of the package
 * {@code io.github.matrixsync.store}. For a host whose users can ignore others.
 *
 * @param <S> the settings' type
 * @since 0.1.0
 */
public abstract class IgnoredUsersTck<S extends UserSettings>
    extends SetValuedSettingTck<UserId, S> {
  /** For subclasses. */
  protected IgnoredUsersTck() {
    super(Events.USERS);
  }

  /** Returns settings in which nothing is set. Called before every test. */
  @Override
  protected abstract S open();

  /** Sets in {@link #store()} whom a user ignores: exactly these. May be called by several threads. */
  protected abstract void setIgnored(UserId user, Set<UserId> ignored);

  @Override
  final void setTo(UserId user, Set<UserId> users) {
    setIgnored(user, users);
  }

  @Override
  final Set<UserId> read(UserSettings settings, UserId user) {
    return settings.ignored(user);
  }
}
