package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.tck.device.DeviceKeyCountsTck;

/** The contract of key counts. */
class KeyCountsContractTest extends DeviceKeyCountsTck<MemoryDeviceKeyCounts> {
  @Override
  protected MemoryDeviceKeyCounts open() {
    return MemoryDeviceKeyCounts.create();
  }

  @Override
  protected void set(UserId user, DeviceId device, KeyCounts counts) {
    store().set(user, device, counts);
  }

  @Override
  protected void remove(UserId user, DeviceId device) {
    store().remove(user, device);
  }

  @Override
  protected long storageReads() {
    return 0;
  }
}
