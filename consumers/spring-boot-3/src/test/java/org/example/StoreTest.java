package org.example;

import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.tck.AppendableEventStoreTck;

/** Runs the contract tests on the memory store; replace it by your own store. */
class StoreTest extends AppendableEventStoreTck<MemoryEventStore> {
  @Override
  protected MemoryEventStore open() {
    return MemoryEventStore.create();
  }

  /** Does nothing: this store does no I/O that could fail. */
  @Override
  public void failStorage() {}

  @Override
  public void mendStorage() {}
}
