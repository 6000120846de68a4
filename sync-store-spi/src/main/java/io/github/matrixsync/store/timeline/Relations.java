package io.github.matrixsync.store.timeline;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which events relate to which, by {@link io.github.matrixsync.event.RoomEvent#relation()}. An event that relates to
 * another is its child. Thread-safe; may block.
 *
 * <p>Source: "Aggregations of child events" of the Client-Server API.
 *
 * @since 0.1.0
 */
public interface Relations {
  /**
   * Returns the children of each of these events that relate to it in this way, the newest first, at most {@code limit}
   * of each; an event without any is left out (rules RL1, RL2, RL3, RL5).
   *
   * @param parents events of any rooms; an unknown event has no children
   * @param relType the kind of relation
   * @param limit at least 1
   * @throws StoreException if reading failed
   */
  Map<EventId, List<Child>> children(Collection<EventId> parents, String relType, int limit);

  /**
   * Returns a summary of the thread of each of these roots; a root without children of kind {@code m.thread} that are
   * counted is left out (rules RL2, RL3, RL4, RL5).
   *
   * @param roots events of any rooms; an unknown event has no thread
   * @param viewer the user whose participation is asked for
   * @param ignored the users whose children are not counted
   * @throws StoreException if reading failed
   */
  Map<EventId, ThreadSummary> threads(
      Collection<EventId> roots, UserId viewer, Set<UserId> ignored);
}
