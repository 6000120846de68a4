package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.state.Timelines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Caches the timelines of one room for one viewer, as long as the room's state has not changed. May block. Thread-safe.
 */
public final class TimelineCache {
  private static final int BARE_WEIGHT = 300;
  private static final int WEIGHT_OF_CHANGE = 120;

  private record Key(UserId viewer, RoomId room) {}

  private record Read(Timelines timelines, long upTo) {
    int weight() {
      return BARE_WEIGHT
          + WEIGHT_OF_CHANGE
              * (timelines.members().size() + timelines.visibility().size());
    }
  }

  private final EventStore events;
  private final LastChanges changes;
  private final ByteCache<Key, Read> cache;

  TimelineCache(EventStore events, LastChanges changes, long maxBytes) {
    this.events = events;
    this.changes = changes;
    this.cache = new ByteCache<>("timelines", maxBytes, (key, read) -> read.weight());
  }

  /**
   * Returns the timelines of rooms, complete up to {@code upTo} at least, with at most one store read. Those of an
   * unknown room are empty.
   */
  public Map<RoomId, Timelines> find(UserId viewer, Collection<RoomId> rooms, long upTo) {
    Map<RoomId, Timelines> found = new HashMap<>();
    List<RoomId> missing = new ArrayList<>();
    for (RoomId room : rooms) {
      Read read = cache.find(
          new Key(viewer, room), r -> upTo <= r.upTo() || changes.lastOfState(room) <= r.upTo());
      if (read == null) {
        missing.add(room);
      } else {
        found.put(room, read.timelines());
      }
    }
    if (!missing.isEmpty()) {
      read(viewer, missing, upTo, found);
    }
    return found;
  }

  /** Reads up to the position that is followed, so that the entries stay current for longer. */
  private void read(UserId viewer, List<RoomId> missing, long upTo, Map<RoomId, Timelines> found) {
    long reached = Math.max(upTo, changes.now().upTo());
    Map<RoomId, Timelines> read = events.timelines(viewer, missing, reached);
    for (RoomId room : missing) {
      Timelines timelines = BatchAnswers.answer(read, room);
      found.put(room, timelines);
      cache.put(new Key(viewer, room), new Read(timelines, reached));
    }
  }

  EngineStatistics.CacheUse use() {
    return cache.use();
  }
}
