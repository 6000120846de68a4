package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.store.StoreException;

/**
 * A receipt store that takes receipts through this library. The engine never calls it: hosts do.
 *
 * @since 0.1.0
 */
public interface SettableReceiptStore extends ReceiptStore {
  /**
   * Sets a receipt. Whether it goes forward is the host's business. One that names the same event as before changes
   * nothing. May block.
   *
   * @param receipt the new entry; its position is ignored
   * @return the position the entry has now
   * @throws StoreException if storing failed
   */
  long set(ReceiptChange receipt);
}
