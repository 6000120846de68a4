package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.AppendableEventStoreTck;

/** The contract of event stores, for one that begins above the positions of an earlier process. */
class LaterEventContractTest extends AppendableEventStoreTck<MemoryEventStore> {
  @Override
  protected MemoryEventStore open() {
    return MemoryEventStore.builder().firstPosition(1_000_000_000_000L).build();
  }

  /** Does no I/O, so nothing can fail. */
  @Override
  public void failStorage() {}

  @Override
  public void mendStorage() {}
}
