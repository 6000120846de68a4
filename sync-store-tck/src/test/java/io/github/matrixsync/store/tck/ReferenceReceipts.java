package io.github.matrixsync.store.tck;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import java.util.List;

/** Receipts as plainly as they can be written. Thread-safe. */
class ReferenceReceipts extends ReferenceStream<RoomId, ReceiptChange>
    implements SettableReceiptStore {
  ReferenceReceipts(long firstPosition) {
    super(firstPosition);
  }

  @Override
  RoomId keyOf(ReceiptChange change) {
    return change.room();
  }

  @Override
  Object entryOf(ReceiptChange change) {
    return List.of(change.room(), change.user(), change.type());
  }

  @Override
  public long set(ReceiptChange receipt) {
    long position;
    synchronized (this) {
      for (ReceiptChange row : rows) {
        if (entryOf(row).equals(entryOf(receipt)) && isSame(row, receipt)) {
          return row.position();
        }
      }
      position = put(next -> new ReceiptChange(
          next, receipt.room(), receipt.user(), receipt.type(), receipt.event(), receipt.at()));
    }
    publish();
    return position;
  }

  boolean isSame(ReceiptChange row, ReceiptChange receipt) {
    return row.event().equals(receipt.event());
  }
}
