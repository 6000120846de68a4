package io.github.matrixsync.store.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;

/**
 * Transaction ids that are set through this library. The host sets them; the engine never does.
 *
 * @since 0.1.0
 */
public interface SettableTransactionIds extends TransactionIds {
  /**
   * Records the transaction id of an event. The host calls it before it appends the event, so that the id can be read
   * when the event can (rule TX2). An event that has one keeps it. May block.
   *
   * @param user who sends the event
   * @param device the device that sends it
   * @param transactionId as in the path of the request; any text
   * @throws StoreException if storing failed
   */
  void set(UserId user, DeviceId device, EventId event, String transactionId);
}
