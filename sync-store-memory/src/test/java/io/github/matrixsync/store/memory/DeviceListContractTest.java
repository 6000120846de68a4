package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.tck.device.DeviceListStoreTck;

/** The contract of device lists. A restart begins above all positions of the store before. */
class DeviceListContractTest extends DeviceListStoreTck<MemoryDeviceListStore> {
  @Override
  protected MemoryDeviceListStore open() {
    return MemoryDeviceListStore.create();
  }

  @Override
  protected MemoryDeviceListStore restarted(MemoryDeviceListStore earlier) {
    return MemoryDeviceListStore.startingAt(earlier.watermark() + 1);
  }

  @Override
  protected void set(UserId user) {
    store().set(user);
  }
}
