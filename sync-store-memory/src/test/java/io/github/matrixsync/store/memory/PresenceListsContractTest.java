package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.settings.PresenceListsTck;
import java.util.Set;

/** The contract of presence lists. */
class PresenceListsContractTest extends PresenceListsTck<MemoryUserSettings> {
  @Override
  protected MemoryUserSettings open() {
    return MemoryUserSettings.create();
  }

  @Override
  protected void setPresenceList(UserId user, Set<UserId> users) {
    store().setPresenceList(user, users);
  }
}
