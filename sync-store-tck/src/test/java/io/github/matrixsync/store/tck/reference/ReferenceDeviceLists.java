package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.device.SettableDeviceListStore;

/** Changed devices as plainly as they can be written. Thread-safe. */
public class ReferenceDeviceLists extends ReferenceStream<UserId, DeviceListChange>
    implements SettableDeviceListStore {
  public ReferenceDeviceLists(long firstPosition) {
    super(firstPosition);
  }

  @Override
  public UserId keyOf(DeviceListChange change) {
    return change.user();
  }

  @Override
  public Object entryOf(DeviceListChange change) {
    return change.user();
  }

  @Override
  public long set(UserId user) {
    Pause.next().run();
    long position = put(next -> new DeviceListChange(next, user));
    publish();
    return position;
  }
}
