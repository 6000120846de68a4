package io.github.matrixsync.store.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import java.util.List;

/**
 * An inbox to which messages are sent through this library. The host sends them; the engine never does. All methods may
 * block.
 *
 * @since 0.1.0
 */
public interface SettableToDeviceInbox extends ToDeviceInbox {
  /**
   * Adds messages, all of them or none, each at a position of its own in their order. When it returns, they can be read
   * on this node (rules TD1, TD6). The host sends to devices that exist, each once; a message to all devices of a user
   * is one message for each.
   *
   * @param messages may be empty; their positions are ignored
   * @return the positions, in the order of the messages
   * @throws StoreException if storing failed; it says whether the outcome is known
   */
  List<Long> send(List<ToDeviceMessage> messages);

  /**
   * Forgets a device that was deleted, with its messages (rule TD4). Does nothing if it is unknown.
   *
   * @throws StoreException if storing failed
   */
  void remove(UserId user, DeviceId device);
}
