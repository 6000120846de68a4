package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.SettableTransactionIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Transaction ids as plainly as they can be written. Thread-safe. */
public class ReferenceTransactionIds implements SettableTransactionIds {
  /** One of them. */
  public record Row(UserId user, DeviceId device, EventId event, String id) {}

  public final List<Row> rows = new ArrayList<>(); // guarded by this

  @Override
  public synchronized Map<EventId, String> of(
      UserId user, DeviceId device, Collection<EventId> events) {
    Map<EventId, String> found = new HashMap<>();
    rows.stream()
        .filter(row -> isOf(row, user, device) && events.contains(row.event))
        .forEach(row -> found.put(row.event, row.id));
    return Map.copyOf(found);
  }

  public boolean isOf(Row row, UserId user, DeviceId device) {
    return row.user.equals(user) && row.device.equals(device);
  }

  @Override
  public synchronized void set(UserId user, DeviceId device, EventId event, String transactionId) {
    rows.add(new Row(user, device, event, transactionId));
  }

  /** Sends an event. */
  public void send(
      UserId user, DeviceId device, EventId event, String transactionId, Runnable whenReadable) {
    set(user, device, event, transactionId);
    whenReadable.run();
  }
}
