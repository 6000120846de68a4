package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.device.SettableDeviceListStore;
import java.util.stream.Stream;

/**
 * When the devices of users last changed, on the heap; lost with the process. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryDeviceListStore extends CoalescingRole<UserId, UserId, DeviceListChange>
    implements SettableDeviceListStore {
  private MemoryDeviceListStore(long firstPosition) {
    super(firstPosition);
  }

  /** Returns an empty store whose first position is 1. */
  public static MemoryDeviceListStore create() {
    return startingAt(1);
  }

  /**
   * Returns an empty store that begins at this position. Positions below count as forgotten (rule C3).
   *
   * @param firstPosition at least 1, and above all positions of an earlier process
   * @throws IllegalArgumentException if {@code firstPosition} is below 1
   */
  public static MemoryDeviceListStore startingAt(long firstPosition) {
    return new MemoryDeviceListStore(firstPosition);
  }

  @Override
  public long set(UserId user) {
    return latest.write(() -> latest.put(user, position -> new DeviceListChange(position, user)));
  }

  @Override
  Stream<UserId> entriesOf(UserId user) {
    return Stream.of(user);
  }
}
