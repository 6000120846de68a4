package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.SettableDeviceKeyCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Key counts as plainly as they can be written. Thread-safe. */
public class ReferenceKeyCounts implements SettableDeviceKeyCounts {
  public Map<List<Object>, KeyCounts> rows = new ConcurrentHashMap<>();
  public final AtomicLong reads = new AtomicLong();

  @Override
  public KeyCounts counts(UserId user, DeviceId device) {
    reads.incrementAndGet();
    return rows.getOrDefault(key(user, device), KeyCounts.NONE);
  }

  public List<Object> key(UserId user, DeviceId device) {
    return List.of(user, device);
  }

  @Override
  public void set(UserId user, DeviceId device, KeyCounts counts) {
    rows.merge(key(user, device), counts, this::merged);
  }

  public KeyCounts merged(KeyCounts before, KeyCounts now) {
    Map<String, Integer> all = new HashMap<>(now.oneTimeKeys());
    before.oneTimeKeys().keySet().forEach(algorithm -> all.putIfAbsent(algorithm, 0));
    return new KeyCounts(all, now.unusedFallbackKeys());
  }

  @Override
  public void remove(UserId user, DeviceId device) {
    rows.remove(key(user, device));
  }
}
