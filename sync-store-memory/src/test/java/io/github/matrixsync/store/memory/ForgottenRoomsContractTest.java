package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.settings.ForgottenRoomsTck;
import java.util.Set;

/** The contract of forgotten rooms. */
class ForgottenRoomsContractTest extends ForgottenRoomsTck<MemoryUserSettings> {
  @Override
  protected MemoryUserSettings open() {
    return MemoryUserSettings.create();
  }

  @Override
  protected void setForgotten(UserId user, Set<RoomId> rooms) {
    store().forgotten(user).forEach(room -> store().unforget(user, room));
    rooms.forEach(room -> store().forget(user, room));
  }
}
