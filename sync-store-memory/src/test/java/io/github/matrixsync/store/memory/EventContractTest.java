package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.AppendableEventStoreTck;

/** The contract of event stores. */
class EventContractTest extends AppendableEventStoreTck<MemoryEventStore> {
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
