package io.github.matrixsync.homeserver.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.SettableDeviceKeyCounts;
import io.github.matrixsync.store.device.SettableDeviceListStore;
import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.device.SettableTransactionIds;

/**
 * The stores of devices that the server writes and its engine reads.
 *
 * @since 0.1.0
 */
public record DeviceStores(
    SettableToDeviceInbox inbox,
    SettableDeviceListStore lists,
    SettableDeviceKeyCounts keyCounts,
    SettableTransactionIds transactionIds) {
  /** Forgets a device that was deleted. */
  public void remove(UserId user, DeviceId device) {
    inbox.remove(user, device);
    keyCounts.remove(user, device);
    lists.set(user);
  }
}
