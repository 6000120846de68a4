package io.github.matrixsync.store.device;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;

/**
 * A device list store whose changes are set through this library. The host sets them; the engine never does.
 *
 * @since 0.1.0
 */
public interface SettableDeviceListStore extends DeviceListStore {
  /**
   * Records that a user's devices or keys changed. Every call is a change. May block.
   *
   * @return the position of the change
   * @throws StoreException if storing failed
   */
  long set(UserId user);
}
