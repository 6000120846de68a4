package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.SettableDeviceKeyCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The key counts of devices on the heap; lost with the process. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryDeviceKeyCounts implements SettableDeviceKeyCounts {
  private record Device(UserId user, DeviceId id) {}

  private final Map<Device, KeyCounts> counts = new ConcurrentHashMap<>();

  private MemoryDeviceKeyCounts() {}

  /** Returns counts of no device. */
  public static MemoryDeviceKeyCounts create() {
    return new MemoryDeviceKeyCounts();
  }

  @Override
  public KeyCounts counts(UserId user, DeviceId device) {
    return counts.getOrDefault(new Device(user, device), KeyCounts.NONE);
  }

  @Override
  public void set(UserId user, DeviceId device, KeyCounts now) {
    counts.merge(new Device(user, device), now, MemoryDeviceKeyCounts::withAlgorithms);
  }

  @Override
  public void remove(UserId user, DeviceId device) {
    counts.remove(new Device(user, device));
  }

  private static KeyCounts withAlgorithms(KeyCounts before, KeyCounts now) {
    Map<String, Integer> all = new HashMap<>(now.oneTimeKeys());
    before.oneTimeKeys().keySet().forEach(algorithm -> all.putIfAbsent(algorithm, 0));
    return new KeyCounts(all, now.unusedFallbackKeys());
  }
}
