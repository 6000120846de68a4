package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.timeline.TimelineGapsTck;
import io.github.matrixsync.store.timeline.TimelineGaps;

/** The contract of gaps, which the event store has. */
class GapsContractTest extends TimelineGapsTck<MemoryEventStore> {
  @Override
  protected MemoryEventStore open() {
    return MemoryEventStore.create();
  }

  @Override
  protected TimelineGaps gaps() {
    return store();
  }
}
