package io.github.matrixsync.store.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.PositionedStream;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StoreException;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The to-device messages that devices have not acknowledged. All devices share one stream of positions. Thread-safe;
 * {@link #messages} and {@link #acknowledge} may block.
 *
 * <p>Source: "Send-to-Device messaging" of the Client-Server API.
 *
 * @since 0.1.0
 */
public interface ToDeviceInbox extends PositionedStream {
  /**
   * Returns the pending messages to a device with positions in {@code (after, upTo]}, ascending, at most {@code limit};
   * the lowest ones if there are more. They count as handed out from then on (rules TD1, TD2, TD3). A device that is
   * unknown has none (rule TD4).
   *
   * @param upTo at most the watermark
   * @param limit at least 1
   * @throws StoreException if reading failed
   */
  List<ToDeviceMessage> messages(UserId user, DeviceId device, long after, long upTo, int limit);

  /**
   * Removes the messages to a device at or below {@code upTo}, but none that was not handed out to it. Does nothing for
   * a device that is unknown, a position that was acknowledged before, or one below 1 (rules TD3, TD4).
   *
   * @param upTo any position, also one above the watermark: clients choose it
   * @return the position up to which the device has no messages left, at most {@code upTo} and the watermark: a caller
   *     need not acknowledge again at or below it. A lower one than possible is right too
   * @throws StoreException if storing failed
   */
  long acknowledge(UserId user, DeviceId device, long upTo);

  /**
   * Adds a listener that is called with the device for which a message has arrived, once it can be read. Calls come on
   * any thread with no lock held, and may be late, repeated or merged; one call may come without a message (rule TD5).
   */
  Registration onMessage(BiConsumer<UserId, DeviceId> listener);
}
