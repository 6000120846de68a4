package io.github.matrixsync.store.timeline;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StoreException;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * How many unread events a user has in rooms, by the user's push rules, which the host evaluates. Thread-safe; {@link
 * #counts} may block, but the engine asks once for each answer: the result comes from memory or from one indexed read
 * (rule NC5).
 *
 * <p>Source: "Receiving notifications" of the Client-Server API.
 *
 * @since 0.1.0
 */
public interface NotificationCounts {
  /**
   * Returns the counts of each of these rooms, {@link UnreadCounts#NONE} where there are none (rules NC1, NC2, NC3).
   *
   * @param upTo the position of the room events that the counts must include at least
   * @throws StoreException if reading failed
   */
  Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> rooms, long upTo);

  /**
   * Adds a listener that is called with the user and the room whose counts changed without an event of that room: by a
   * receipt, by a change of push rules, or because another device has read. Calls come on any thread with no lock held,
   * once the change can be read, and may be late or repeated (rules NC4, L1, L2).
   */
  Registration onChange(BiConsumer<UserId, RoomId> listener);
}
