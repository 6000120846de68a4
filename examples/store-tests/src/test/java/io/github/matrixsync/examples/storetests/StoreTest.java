package io.github.matrixsync.examples.storetests;

import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.tck.AppendableEventStoreTck;

/** The contract, for the memory store in the place of one's own. */
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
