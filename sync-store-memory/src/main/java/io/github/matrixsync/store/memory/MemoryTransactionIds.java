package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.SettableTransactionIds;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transaction ids of events on the heap; lost with the process. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryTransactionIds implements SettableTransactionIds {
  private record Transaction(UserId user, DeviceId device, String id) {}

  private final Map<EventId, Transaction> byEvent = new ConcurrentHashMap<>();

  private MemoryTransactionIds() {}

  /** Returns transaction ids of no event. */
  public static MemoryTransactionIds create() {
    return new MemoryTransactionIds();
  }

  @Override
  public Map<EventId, String> of(UserId user, DeviceId device, Collection<EventId> events) {
    Map<EventId, String> found = new HashMap<>();
    for (EventId event : events) {
      Transaction transaction = byEvent.get(event);
      if (transaction != null
          && transaction.user.equals(user)
          && transaction.device.equals(device)) {
        found.put(event, transaction.id);
      }
    }
    return Map.copyOf(found);
  }

  @Override
  public void set(UserId user, DeviceId device, EventId event, String transactionId) {
    Objects.requireNonNull(transactionId, "transaction id");
    byEvent.putIfAbsent(event, new Transaction(user, device, transactionId));
  }
}
