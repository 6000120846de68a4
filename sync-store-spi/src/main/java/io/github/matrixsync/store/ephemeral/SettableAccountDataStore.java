package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.store.StoreException;

/**
 * An account data store that takes account data through this library. The engine never calls it: hosts do.
 *
 * @since 0.1.0
 */
public interface SettableAccountDataStore extends AccountDataStore {
  /**
   * Sets an entry. One with the same bytes of content as before changes nothing. May block.
   *
   * @param entry the new entry; its position is ignored
   * @return the position the entry has now
   * @throws StoreException if storing failed
   */
  long set(AccountDataChange entry);
}
