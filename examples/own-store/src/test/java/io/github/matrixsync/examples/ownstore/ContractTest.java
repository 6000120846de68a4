package io.github.matrixsync.examples.ownstore;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.tck.EventStoreTck;
import java.util.List;

// region contract
/** Runs the contract tests of read-only stores on the host's tables. */
class ContractTest extends EventStoreTck<HostEventStore> {
  private HostTables tables = new HostTables();

  @Override
  protected HostEventStore open() {
    tables = new HostTables();
    return new HostEventStore(tables);
  }

  @Override
  public List<Long> fill(List<RoomEvent> events, Runnable beforeCommit) {
    return tables.insert(events, beforeCommit);
  }

  /** The tables are a list, so nothing can fail. */
  @Override
  public void failStorage() {}

  @Override
  public void mendStorage() {}
}
// endregion
