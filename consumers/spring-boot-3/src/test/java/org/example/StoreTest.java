package org.example;

import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.tck.AppendableEventStoreTck;

/** Runs the contract tests on the memory store; put your own store in its place. */
class StoreTest extends AppendableEventStoreTck<MemoryEventStore> {
  @Override
  protected MemoryEventStore open() {
    return MemoryEventStore.create();
  }

  /** Does no I/O, so nothing can fail. */
  @Override
  public void failStorage() {}

  @Override
  public void mendStorage() {}
}
