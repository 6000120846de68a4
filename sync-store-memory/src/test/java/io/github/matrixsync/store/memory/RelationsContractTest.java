package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.timeline.RelationsTck;
import io.github.matrixsync.store.timeline.Relations;

/** The contract of relations, which the event store has. */
class RelationsContractTest extends RelationsTck<MemoryEventStore> {
  @Override
  protected MemoryEventStore open() {
    return MemoryEventStore.create();
  }

  @Override
  protected Relations relations() {
    return store();
  }
}
