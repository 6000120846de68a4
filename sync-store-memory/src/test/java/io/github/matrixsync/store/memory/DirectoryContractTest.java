package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.tck.RoomDirectoryTck;
import java.util.Set;

/** The contract of room directories. */
class DirectoryContractTest extends RoomDirectoryTck<MemoryRoomDirectory> {
  @Override
  protected MemoryRoomDirectory open() {
    return MemoryRoomDirectory.create();
  }

  @Override
  protected void setPublished(RoomId room, boolean isPublished) {
    store().setPublished(room, isPublished);
  }

  @Override
  protected void setAliases(RoomId room, Set<RoomAlias> aliases) {
    store().setAliases(room, aliases);
  }
}
