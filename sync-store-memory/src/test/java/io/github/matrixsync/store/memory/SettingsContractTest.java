package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.UserSettingsTck;
import java.util.Set;

/** The contract of user settings. */
class SettingsContractTest extends UserSettingsTck<MemoryUserSettings> {
  @Override
  protected MemoryUserSettings open() {
    return MemoryUserSettings.create();
  }

  @Override
  protected void setIgnored(UserId user, Set<UserId> ignored) {
    store().setIgnored(user, ignored);
  }

  @Override
  protected void setForgotten(UserId user, Set<RoomId> rooms) {
    store().forgotten(user).forEach(room -> store().unforget(user, room));
    rooms.forEach(room -> store().forget(user, room));
  }

  @Override
  protected void setPresenceList(UserId user, Set<UserId> users) {
    store().setPresenceList(user, users);
  }

  @Override
  protected void erase(UserId user) {
    store().erase(user);
  }
}
