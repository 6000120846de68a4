package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.store.StoreException;

/**
 * An account data store whose entries are set through this library. The host sets them; the engine never does.
 *
 * @since 0.1.0
 */
public interface SettableAccountDataStore extends AccountDataStore {
  /**
   * Sets an entry. Content with the same bytes as before changes nothing. May block.
   *
   * @param entry the new entry; its position is ignored
   * @return the position the entry has now
   * @throws StoreException if storing failed
   */
  long set(AccountDataChange entry);
}
