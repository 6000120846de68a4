package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.device.TransactionIdsTck;

/** The contract of transaction ids, which a host sets before it appends the event. */
class TransactionIdsContractTest extends TransactionIdsTck<MemoryTransactionIds> {
  @Override
  protected MemoryTransactionIds open() {
    return MemoryTransactionIds.create();
  }

  @Override
  protected void send(
      UserId user, DeviceId device, EventId event, String transactionId, Runnable whenReadable) {
    store().set(user, device, event, transactionId);
    whenReadable.run();
  }
}
