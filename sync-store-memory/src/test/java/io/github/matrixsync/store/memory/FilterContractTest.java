package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.lookup.FilterStoreTck;

/** The contract of filters. */
class FilterContractTest extends FilterStoreTck<MemoryFilterStore> {
  @Override
  protected MemoryFilterStore open() {
    return MemoryFilterStore.create();
  }
}
