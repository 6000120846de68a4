package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.ephemeral.SettableReceiptStoreTck;

/** The contract of receipt stores. A restart begins above all positions of the store before. */
class ReceiptContractTest extends SettableReceiptStoreTck<MemoryReceiptStore> {
  @Override
  protected MemoryReceiptStore open() {
    return MemoryReceiptStore.create();
  }

  @Override
  protected MemoryReceiptStore restarted(MemoryReceiptStore earlier) {
    return MemoryReceiptStore.startingAt(earlier.watermark() + 1);
  }
}
