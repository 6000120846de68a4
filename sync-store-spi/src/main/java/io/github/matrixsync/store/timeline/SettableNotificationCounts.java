package io.github.matrixsync.store.timeline;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;

/**
 * Notification counts that are set through this library, by a host that counts them itself. The engine never sets them.
 * When a method returns, every read sees what it set, and the listeners are called.
 *
 * <p>A count that an event makes must be set before the event is appended, so that it is in the answer that has the
 * event (rule NC1); it may be there a moment too soon.
 *
 * @since 0.1.0
 */
public interface SettableNotificationCounts extends NotificationCounts {
  /**
   * Sets the counts of a user in a room; {@link UnreadCounts#NONE} removes them. May block.
   *
   * @throws StoreException if storing failed
   */
  void set(UserId user, RoomId room, UnreadCounts counts);
}
