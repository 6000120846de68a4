package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.EngineStatistics.CacheUse;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Map;

/** A store with the engine's caches, which follow the log when the test says so. Confined to one thread. */
final class FollowedStore {
  private static final long MIB = 1 << 20;

  final MemoryEventStore store = MemoryEventStore.create();
  final World world = new World(store);
  final Caches caches;
  private final CountingEvents counting = new CountingEvents(store, true);
  private long followed;

  FollowedStore() {
    this(MIB);
  }

  /** Makes caches of {@code bytes} each, and of twice as many for memberships, which have two caches. */
  FollowedStore(long bytes) {
    caches = new Caches(counting.store(), new CacheBytes(0, bytes, bytes, bytes, 2 * bytes));
  }

  /** Follows the log to its end, and returns the end. */
  long follow() {
    long end = store.watermark();
    store
        .log(Interest.everything(), followed, end, Integer.MAX_VALUE)
        .events()
        .forEach(caches.changes()::note);
    caches.changes().advance(end);
    followed = end;
    return end;
  }

  /** Appends an event and follows it. */
  RoomEvent append(RoomEvent event) {
    world.append(event);
    follow();
    return event;
  }

  RoomEvent message(RoomId room, UserId sender) {
    return append(world.message(room, sender));
  }

  RoomEvent member(RoomId room, UserId user, String membership) {
    return append(world.member(room, user, user, membership));
  }

  RoomEvent topic(RoomId room, UserId sender, String topic) {
    return append(world.event(
        room, sender, "m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"" + topic + "\"}"));
  }

  RoomEvent redact(RoomId room, UserId sender, EventId target) {
    return append(world.redaction(room, sender, target));
  }

  StoredEvent stored(RoomEvent event) {
    return store.events(List.of(event.id())).get(event.id());
  }

  /** Returns the newest messages of a room, oldest first. */
  List<StoredEvent> latest(RoomId room, int limit) {
    return store
        .latest(Map.of(room, Ranges.everything(store.watermark())), limit)
        .get(room);
  }

  /** Returns the reads since the last call. */
  List<String> reads() {
    List<String> reads = List.copyOf(counting.reads);
    counting.reads.clear();
    return reads;
  }

  CacheUse use(String cache) {
    return caches.uses().stream()
        .filter(use -> use.cache().equals(cache))
        .findAny()
        .orElseThrow();
  }
}
