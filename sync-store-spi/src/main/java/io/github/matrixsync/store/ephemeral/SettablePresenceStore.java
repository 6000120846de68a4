package io.github.matrixsync.store.ephemeral;

import io.github.matrixsync.store.StoreException;

/**
 * A presence store that takes presence through this library. The engine never calls it: hosts do.
 *
 * @since 0.1.0
 */
public interface SettablePresenceStore extends PresenceStore {
  /**
   * Sets a user's presence. What equals the present entry in all but its position changes nothing. May block.
   *
   * @param presence the new entry; its position is ignored
   * @return the position the entry has now
   * @throws StoreException if storing failed
   */
  long set(PresenceChange presence);
}
