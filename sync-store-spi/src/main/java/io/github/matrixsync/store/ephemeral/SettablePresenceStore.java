package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.store.StoreException;

/**
 * A presence store whose entries are set through this library. The host sets them; the engine never does.
 *
 * @since 0.1.0
 */
public interface SettablePresenceStore extends PresenceStore {
  /**
   * Sets a user's presence. An entry that differs from the present one only in its position changes nothing. May block.
   *
   * @param presence the new entry; its position is ignored
   * @return the position the entry has now
   * @throws StoreException if storing failed
   */
  long set(PresenceChange presence);
}
