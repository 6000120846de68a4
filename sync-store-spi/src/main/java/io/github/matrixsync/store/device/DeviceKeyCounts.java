package io.github.matrixsync.store.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;

/**
 * How many one-time keys of a device are unclaimed, and which fallback keys are unused, as of now. Thread-safe; may
 * block, but the engine asks in every answer: the result comes from memory or from one indexed read (rule KC2).
 *
 * @since 0.1.0
 */
public interface DeviceKeyCounts {
  /**
   * Returns the counts of a device; {@link KeyCounts#NONE} if it is unknown (rules KC1, KC3, KC4).
   *
   * @throws StoreException if reading failed
   */
  KeyCounts counts(UserId user, DeviceId device);
}
