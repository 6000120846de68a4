package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.ephemeral.SettableAccountDataStoreTck;

/** The contract of account data stores. A restart begins above all positions of the store before. */
class AccountDataContractTest extends SettableAccountDataStoreTck<MemoryAccountDataStore> {
  @Override
  protected MemoryAccountDataStore open() {
    return MemoryAccountDataStore.create();
  }

  @Override
  protected MemoryAccountDataStore restarted(MemoryAccountDataStore earlier) {
    return MemoryAccountDataStore.startingAt(earlier.watermark() + 1);
  }
}
