package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import java.util.List;

/** Receipts as plainly as they can be written. Thread-safe. */
public class ReferenceReceipts extends ReferenceStream<RoomId, ReceiptChange>
    implements SettableReceiptStore {
  public ReferenceReceipts(long firstPosition) {
    super(firstPosition);
  }

  @Override
  public RoomId keyOf(ReceiptChange change) {
    return change.room();
  }

  @Override
  public Object entryOf(ReceiptChange change) {
    return List.of(change.room(), change.user(), change.type(), change.threadId());
  }

  @Override
  public long set(ReceiptChange receipt) {
    Pause.next().run();
    long position;
    synchronized (storage) {
      for (ReceiptChange row : storage.rows) {
        if (entryOf(row).equals(entryOf(receipt)) && isSame(row, receipt)) {
          return row.position();
        }
      }
      position = put(receipt::withPosition);
    }
    publish();
    return position;
  }

  public boolean isSame(ReceiptChange row, ReceiptChange receipt) {
    return row.event().equals(receipt.event());
  }
}
