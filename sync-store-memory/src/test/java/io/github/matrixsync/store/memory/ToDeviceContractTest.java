package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.tck.device.ToDeviceInboxTck;
import java.util.List;

/** The contract of inboxes. */
class ToDeviceContractTest extends ToDeviceInboxTck<MemoryToDeviceInbox> {
  @Override
  protected MemoryToDeviceInbox open() {
    return MemoryToDeviceInbox.create();
  }

  @Override
  protected void send(List<ToDeviceMessage> messages) {
    store().send(messages);
  }

  @Override
  protected void remove(UserId user, DeviceId device) {
    store().remove(user, device);
  }
}
