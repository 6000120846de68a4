package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.EventStoreOracleTck;

/** Random histories, in stores that begin at the first position and in later ones. */
class EventOracleContractTest extends EventStoreOracleTck<MemoryEventStore> {
  private int opened;

  @Override
  protected MemoryEventStore open() {
    opened++;
    return MemoryEventStore.builder().firstPosition(opened % 5 == 0 ? 1000 : 1).build();
  }

  @Override
  protected int histories() {
    return 500;
  }
}
