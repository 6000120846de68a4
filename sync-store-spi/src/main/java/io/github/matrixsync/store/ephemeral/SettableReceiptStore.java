package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.store.StoreException;

/**
 * A receipt store whose entries are set through this library. The host sets them; the engine never does.
 *
 * @since 0.1.0
 */
public interface SettableReceiptStore extends ReceiptStore {
  /**
   * Sets a receipt. The store does not check that it moves forward; the host may. A receipt for the same event as
   * before changes nothing. May block.
   *
   * @param receipt the new entry; its position is ignored
   * @return the position the entry has now
   * @throws StoreException if storing failed
   */
  long set(ReceiptChange receipt);
}
