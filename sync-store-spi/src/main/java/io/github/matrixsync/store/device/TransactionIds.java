package io.github.matrixsync.store.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import java.util.Collection;
import java.util.Map;

/**
 * The transaction ids with which devices sent events. Only the device that sent an event is given its transaction id,
 * by which it finds its own copy of the event. Thread-safe; may block.
 *
 * <p>Source: "Transaction identifiers" of the Client-Server API.
 *
 * @since 0.1.0
 */
public interface TransactionIds {
  /**
   * Returns the transaction ids of those of {@code events} that this device sent with one; the others are left out
   * (rules TX1, TX2).
   *
   * @throws StoreException if reading failed
   */
  Map<EventId, String> of(UserId user, DeviceId device, Collection<EventId> events);
}
