package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.AppendableEventStoreTck;

/** The contract of event stores. */
class EventContractTest extends AppendableEventStoreTck<MemoryEventStore> {
  @Override
  protected MemoryEventStore open() {
    return MemoryEventStore.create();
  }
}
