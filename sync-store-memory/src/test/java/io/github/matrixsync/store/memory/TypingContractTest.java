package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.ephemeral.SettableTypingStoreTck;

/** The contract of typing stores. A restart begins above all positions of the store before. */
class TypingContractTest extends SettableTypingStoreTck<MemoryTypingStore> {
  @Override
  protected MemoryTypingStore open() {
    return MemoryTypingStore.create();
  }

  @Override
  protected MemoryTypingStore restarted(MemoryTypingStore earlier) {
    return MemoryTypingStore.startingAt(earlier.watermark() + 1);
  }
}
