package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.settings.IgnoredUsersTck;
import java.util.Set;

/** The contract of ignored users. */
class IgnoredUsersContractTest extends IgnoredUsersTck<MemoryUserSettings> {
  @Override
  protected MemoryUserSettings open() {
    return MemoryUserSettings.create();
  }

  @Override
  protected void setIgnored(UserId user, Set<UserId> ignored) {
    store().setIgnored(user, ignored);
  }
}
