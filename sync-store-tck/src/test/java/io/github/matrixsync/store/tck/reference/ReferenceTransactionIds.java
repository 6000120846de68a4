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

  public List<Row> rows = new ArrayList<>(); // guarded by itself

  @Override
  public Map<EventId, String> of(UserId user, DeviceId device, Collection<EventId> events) {
    Map<EventId, String> found = new HashMap<>();
    synchronized (rows) {
      rows.stream()
          .filter(row -> isOf(row, user, device) && events.contains(row.event))
          .forEach(row -> found.put(row.event, row.id));
    }
    return Map.copyOf(found);
  }

  public boolean isOf(Row row, UserId user, DeviceId device) {
    return row.user.equals(user) && row.device.equals(device);
  }

  @Override
  public void set(UserId user, DeviceId device, EventId event, String transactionId) {
    synchronized (rows) {
      rows.add(new Row(user, device, event, transactionId));
    }
  }

  /** Sends an event. */
  public void send(
      UserId user, DeviceId device, EventId event, String transactionId, Runnable whenReadable) {
    set(user, device, event, transactionId);
    whenReadable.run();
  }
}
