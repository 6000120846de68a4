package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.ephemeral.SettablePresenceStoreTck;

/** The contract of presence stores. A restart begins above all positions of the store before. */
class PresenceContractTest extends SettablePresenceStoreTck<MemoryPresenceStore> {
  @Override
  protected MemoryPresenceStore open() {
    return MemoryPresenceStore.create();
  }

  @Override
  protected MemoryPresenceStore restarted(MemoryPresenceStore earlier) {
    return MemoryPresenceStore.startingAt(earlier.watermark() + 1);
  }
}
