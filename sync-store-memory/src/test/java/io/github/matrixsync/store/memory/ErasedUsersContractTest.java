package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.settings.ErasedUsersTck;

/** The contract of erased users. */
class ErasedUsersContractTest extends ErasedUsersTck<MemoryUserSettings> {
  @Override
  protected MemoryUserSettings open() {
    return MemoryUserSettings.create();
  }

  @Override
  protected void erase(UserId user) {
    store().erase(user);
  }
}
