package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.settings.BlockedInvitesTck;

class BlockedInvitesContractTest extends BlockedInvitesTck<MemoryUserSettings> {
  @Override
  protected MemoryUserSettings open() {
    return MemoryUserSettings.create();
  }

  @Override
  protected void setBlocksInvites(UserId user, boolean blocks) {
    store().setBlocksInvites(user, blocks);
  }
}
