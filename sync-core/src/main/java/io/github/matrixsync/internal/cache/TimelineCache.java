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
 * The timelines of single rooms for single viewers, from memory as long as the room's state did not change since they
 * were read. May block. Thread-safe.
 */
public final class TimelineCache {
  private static final int BARE_WEIGHT = 300;
  private static final int WEIGHT_OF_CHANGE = 120;

  private record Key(UserId viewer, RoomId room) {}

  private record Read(Timelines lines, long upTo) {
    int weight() {
      return BARE_WEIGHT
          + WEIGHT_OF_CHANGE * (lines.members().size() + lines.visibility().size());
    }
  }

  private final EventStore events;
  private final LastChanges changes;
  private final ByteCache<Key, Read> kept;

  TimelineCache(EventStore events, LastChanges changes, long maxBytes) {
    this.events = events;
    this.changes = changes;
    this.kept = new ByteCache<>("timelines", maxBytes, (key, read) -> read.weight());
  }

  /**
   * Returns timelines of rooms that are complete up to {@code upTo} at least, in one read if any of them has to be
   * read. An unknown room has empty ones.
   */
  public Map<RoomId, Timelines> find(UserId viewer, Collection<RoomId> rooms, long upTo) {
    Map<RoomId, Timelines> found = new HashMap<>();
    List<RoomId> missing = new ArrayList<>();
    for (RoomId room : rooms) {
      Read read = kept.find(
          new Key(viewer, room), r -> upTo <= r.upTo() || changes.lastOfState(room) <= r.upTo());
      if (read == null) {
        missing.add(room);
      } else {
        found.put(room, read.lines());
      }
    }
    if (!missing.isEmpty()) {
      read(viewer, missing, upTo, found);
    }
    return found;
  }

  /** Reads up to where the log is followed, so that what is kept serves for longer. */
  private void read(UserId viewer, List<RoomId> missing, long upTo, Map<RoomId, Timelines> found) {
    long reached = Math.max(upTo, changes.now().upTo());
    Map<RoomId, Timelines> read = events.timelines(viewer, missing, reached);
    for (RoomId room : missing) {
      Timelines lines = BatchAnswers.answer(read, room);
      found.put(room, lines);
      kept.put(new Key(viewer, room), new Read(lines, reached));
    }
  }

  EngineStatistics.CacheUse use() {
    return kept.use();
  }
}
