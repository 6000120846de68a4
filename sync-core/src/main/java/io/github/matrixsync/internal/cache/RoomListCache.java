package io.github.matrixsync.internal.cache;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state and the newest messages of rooms as snapshots show them, from memory as long as they are what the store
 * would say. What is missing is read in two or three calls for all rooms. May block. Thread-safe.
 *
 * <p>Both are read for nobody in particular, messages with all that has a known visibility: whom they may be given to
 * is decided for each reader.
 */
public final class RoomListCache {
  private static final int STATE = 0;
  private static final long NOW = Long.MAX_VALUE;

  /**
   * What one list is of.
   *
   * @param limit the most messages, or {@link #STATE}
   * @param extent up to where the room is shown, if that stays; {@link #NOW}, if it goes with the log
   */
  private record Key(RoomId room, EventForm form, int limit, long extent) {}

  private final EventStore events;
  private final EventCache single;
  private final LastChanges changes;
  private final DamagedEvents damaged;
  private final ByteCache<Key, RoomList> kept;

  RoomListCache(
      EventStore events,
      EventCache single,
      LastChanges changes,
      DamagedEvents damaged,
      long maxBytes) {
    this.events = events;
    this.single = single;
    this.changes = changes;
    this.damaged = damaged;
    this.kept = new ByteCache<>("rooms", maxBytes, (key, list) -> list.weight());
  }

  /** Returns the state of rooms, in their order. */
  public RoomList[] state(List<ViewedRoom> rooms, long now, EventForm form) {
    return find(rooms, now, form, STATE);
  }

  /** Returns the newest {@code limit} messages of rooms, at least one, in the order of the rooms. */
  public RoomList[] messages(List<ViewedRoom> rooms, long now, EventForm form, int limit) {
    return find(rooms, now, form, limit);
  }

  private RoomList[] find(List<ViewedRoom> rooms, long now, EventForm form, int limit) {
    LastChanges.Moment moment = changes.now();
    RoomList[] lists = new RoomList[rooms.size()];
    Map<RoomId, Long> missing = new HashMap<>();
    for (int i = 0; i < lists.length; i++) {
      ViewedRoom seen = rooms.get(i);
      RoomList list =
          kept.find(key(seen, form, limit), l -> stillHolds(l, seen, now, limit, moment));
      if (list == null) {
        missing.put(seen.room(), seen.extent(now));
      } else {
        lists[i] = list;
      }
    }
    if (!missing.isEmpty()) {
      Map<RoomId, RoomList> read = read(missing, form, limit, moment);
      for (int i = 0; i < lists.length; i++) {
        ViewedRoom seen = rooms.get(i);
        RoomList list = read.get(seen.room());
        if (list != null) {
          lists[i] = list;
          kept.put(key(seen, form, limit), list);
        }
      }
    }
    return lists;
  }

  private boolean stillHolds(
      RoomList list, ViewedRoom seen, long now, int limit, LastChanges.Moment moment) {
    if (!changes.isIntact(seen.room(), list.made().at(), moment)) {
      return false;
    }
    long extent = seen.extent(now);
    if (list.made().upTo() == extent) {
      return true;
    }
    long last = limit == STATE ? changes.lastOfState(seen.room()) : changes.last(seen.room());
    return last <= Math.min(list.made().upTo(), extent);
  }

  private Map<RoomId, RoomList> read(
      Map<RoomId, Long> extents, EventForm form, int limit, LastChanges.Moment moment) {
    Map<RoomId, List<StoredEvent>> read =
        limit == STATE ? events.state(extents) : events.latest(everything(extents), limit);
    Map<EventId, StoredEvent> replaced = limit == STATE
        ? Map.of()
        : single.replacedBy(read.values().stream().flatMap(List::stream).toList());
    Map<RoomId, RoomList> lists = new HashMap<>();
    extents.forEach((room, extent) -> {
      List<StoredEvent> list = BatchAnswers.answer(read, room);
      EncodedEvents encoded =
          damaged.encode(form, list, event -> event.replaces().map(replaced::get));
      lists.put(
          room, new RoomList(list, replaced, encoded, new RoomList.Made(moment, extent, limit)));
    });
    return lists;
  }

  private static Map<RoomId, Ranges> everything(Map<RoomId, Long> extents) {
    Map<RoomId, Ranges> ranges = new HashMap<>();
    extents.forEach((room, upTo) -> ranges.put(room, Ranges.everything(upTo)));
    return ranges;
  }

  private static Key key(ViewedRoom seen, EventForm form, int limit) {
    return new Key(seen.room(), form, limit, seen.departed().orElse(NOW));
  }

  EngineStatistics.CacheUse use() {
    return kept.use();
  }
}
