package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.memory.change.Listeners;
import io.github.matrixsync.store.timeline.SettableNotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The unread counts of users on the heap, as the host sets them; lost with the process. Listeners are called on the
 * setting thread. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryNotificationCounts implements SettableNotificationCounts {
  private record Key(UserId user, RoomId room) {}

  private final Map<Key, UnreadCounts> counts = new ConcurrentHashMap<>();
  private final Listeners<BiConsumer<UserId, RoomId>> listeners = new Listeners<>();

  private MemoryNotificationCounts() {}

  /** Returns counts that are all zero. */
  public static MemoryNotificationCounts create() {
    return new MemoryNotificationCounts();
  }

  @Override
  public Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> rooms, long upTo) {
    Map<RoomId, UnreadCounts> found = new HashMap<>();
    rooms.forEach(
        room -> found.put(room, counts.getOrDefault(new Key(user, room), UnreadCounts.NONE)));
    return Map.copyOf(found);
  }

  @Override
  public Registration onChange(BiConsumer<UserId, RoomId> listener) {
    return listeners.add(listener);
  }

  @Override
  public void set(UserId user, RoomId room, UnreadCounts now) {
    if (now.equals(UnreadCounts.NONE)) {
      counts.remove(new Key(user, room));
    } else {
      counts.put(new Key(user, room), now);
    }
    listeners.call(listener -> listener.accept(user, room));
  }
}
