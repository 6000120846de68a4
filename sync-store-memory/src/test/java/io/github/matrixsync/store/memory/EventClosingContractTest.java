package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.ClosableEventStoreTck;

/** The contract of event stores that can be closed. */
class EventClosingContractTest extends ClosableEventStoreTck<MemoryEventStore> {
  @Override
  protected MemoryEventStore open() {
    return MemoryEventStore.create();
  }
}
