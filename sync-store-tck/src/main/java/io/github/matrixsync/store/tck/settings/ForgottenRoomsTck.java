package io.github.matrixsync.store.tck.settings;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.tck.support.Events;
import java.util.List;
import java.util.Set;

/**
 * The contract of {@link UserSettings#forgotten}: the rules N1, L1, L2 and R1 of the package
 * {@code io.github.matrixsync.store}. For a host whose users can forget rooms.
 *
 * @param <S> the settings' type
 * @since 0.1.0
 */
public abstract class ForgottenRoomsTck<S extends UserSettings>
    extends SetValuedSettingTck<RoomId, S> {
  /** For subclasses. */
  protected ForgottenRoomsTck() {
    super(List.of(Events.ROOM, Events.OTHER_ROOM, Events.UNKNOWN_ROOM));
  }

  /** Returns settings in which nothing is set. Called before every test. */
  @Override
  protected abstract S open();

  /** Sets in {@link #store()} which rooms a user has forgotten: exactly these. May be called by several threads. */
  protected abstract void setForgotten(UserId user, Set<RoomId> rooms);

  @Override
  final void setTo(UserId user, Set<RoomId> rooms) {
    setForgotten(user, rooms);
  }

  @Override
  final Set<RoomId> read(UserSettings settings, UserId user) {
    return settings.forgotten(user);
  }
}
