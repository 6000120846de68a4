package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.PurgeableEventStoreTck;

/** The contract of event stores that can be purged. */
class EventPurgeContractTest extends PurgeableEventStoreTck<MemoryEventStore> {
  @Override
  protected MemoryEventStore open() {
    return MemoryEventStore.create();
  }
}
