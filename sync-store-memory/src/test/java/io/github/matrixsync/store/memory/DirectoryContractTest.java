package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.lookup.SettableRoomDirectoryTck;

/** The contract of room directories. */
class DirectoryContractTest extends SettableRoomDirectoryTck<MemoryRoomDirectory> {
  @Override
  protected MemoryRoomDirectory open() {
    return MemoryRoomDirectory.create();
  }
}
