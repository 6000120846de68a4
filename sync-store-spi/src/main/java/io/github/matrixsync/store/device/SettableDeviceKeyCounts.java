package io.github.matrixsync.store.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;

/**
 * Key counts that are set through this library. The host sets them; the engine never does. When a method returns, every
 * read sees what it set (rule KC3). All methods may block.
 *
 * @since 0.1.0
 */
public interface SettableDeviceKeyCounts extends DeviceKeyCounts {
  /**
   * Sets the counts of a device. An algorithm that it had before, and that {@code counts} lacks, is at 0 from then on
   * (rule KC1).
   *
   * @throws StoreException if storing failed
   */
  void set(UserId user, DeviceId device, KeyCounts counts);

  /**
   * Forgets a device that was deleted. Does nothing if it is unknown.
   *
   * @throws StoreException if storing failed
   */
  void remove(UserId user, DeviceId device);
}
