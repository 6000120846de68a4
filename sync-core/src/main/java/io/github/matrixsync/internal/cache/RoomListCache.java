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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Caches the encoded state and newest messages of rooms for snapshots, as long as nothing has changed. Missing rooms
 * are read together in two or three calls. May block. Thread-safe.
 *
 * <p>Lists are read without a viewer, with all messages of known visibility. Whether a reader may get a list is decided
 * for each reader.
 */
public final class RoomListCache {
  private static final int STATE = 0;
  private static final long NOW = Long.MAX_VALUE;

  /** The order of state: by type, then state key. */
  private static final Comparator<StoredEvent> BY_ENTRY = Comparator.comparing(
          (StoredEvent entry) -> entry.event().type())
      .thenComparing(entry -> entry.event().stateKey().orElse(""));

  /**
   * Identifies a list.
   *
   * @param limit the maximum number of messages, or {@link #STATE}
   * @param extent the position up to which the room is shown for good, or {@link #NOW} if it is shown up to the end of
   *     the log
   */
  private record Key(RoomId room, EventForm form, int limit, long extent) {}

  private final EventStore events;
  private final EventCache single;
  private final LastChanges changes;
  private final DamagedEvents damaged;
  private final ByteCache<Key, RoomList> cache;

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
    this.cache = new ByteCache<>("rooms", maxBytes, (key, list) -> list.weight());
  }

  /** A room, and the position up to which it is shown for good, if it is not shown up to the end of the log. */
  private record Wanted(RoomId room, OptionalLong departed) {
    static Wanted of(ViewedRoom viewed) {
      return new Wanted(viewed.room(), viewed.departed());
    }

    long extent(long now) {
      return departed.orElse(now);
    }
  }

  /** Returns the state of rooms, in their order. */
  public RoomList[] state(List<ViewedRoom> rooms, long now, EventForm form) {
    return find(rooms.stream().map(Wanted::of).toList(), now, form, STATE);
  }

  /**
   * Returns the state of rooms.
   *
   * @param departures by room, the position as of which its state is wanted, if it is not {@code now}
   */
  public Map<RoomId, RoomList> states(
      Map<RoomId, OptionalLong> departures, long now, EventForm form) {
    List<Wanted> wanted = new ArrayList<>();
    departures.forEach((room, departed) -> wanted.add(new Wanted(room, departed)));
    RoomList[] lists = find(wanted, now, form, STATE);
    Map<RoomId, RoomList> states = new HashMap<>();
    for (int i = 0; i < lists.length; i++) {
      states.put(wanted.get(i).room(), lists[i]);
    }
    return states;
  }

  /** Returns the newest {@code limit} messages of rooms, at least one, in the order of the rooms. */
  public RoomList[] messages(List<ViewedRoom> rooms, long now, EventForm form, int limit) {
    return find(rooms.stream().map(Wanted::of).toList(), now, form, limit);
  }

  private RoomList[] find(List<Wanted> rooms, long now, EventForm form, int limit) {
    LastChanges.Moment moment = changes.now();
    RoomList[] lists = new RoomList[rooms.size()];
    Map<RoomId, Long> missing = new HashMap<>();
    for (int i = 0; i < lists.length; i++) {
      Wanted viewed = rooms.get(i);
      RoomList list =
          cache.find(key(viewed, form, limit), l -> isCurrent(l, viewed, now, limit, moment));
      if (list == null) {
        missing.put(viewed.room(), viewed.extent(now));
      } else {
        lists[i] = list;
      }
    }
    if (!missing.isEmpty()) {
      Map<RoomId, RoomList> read = read(missing, form, limit, moment);
      for (int i = 0; i < lists.length; i++) {
        Wanted viewed = rooms.get(i);
        RoomList list = read.get(viewed.room());
        if (list != null) {
          lists[i] = list;
          cache.put(key(viewed, form, limit), list);
        }
      }
    }
    return lists;
  }

  private boolean isCurrent(
      RoomList list, Wanted viewed, long now, int limit, LastChanges.Moment moment) {
    if (!changes.isIntact(viewed.room(), list.reading().at(), moment)) {
      return false;
    }
    long extent = viewed.extent(now);
    if (list.reading().upTo() == extent) {
      return true;
    }
    long last = limit == STATE ? changes.lastOfState(viewed.room()) : changes.last(viewed.room());
    return last <= Math.min(list.reading().upTo(), extent);
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
      if (limit == STATE) {
        list = list.stream().sorted(BY_ENTRY).toList();
      }
      EncodedEvents encoded =
          damaged.encode(form, list, event -> event.replaces().map(replaced::get));
      lists.put(
          room, new RoomList(list, replaced, encoded, new RoomList.Reading(moment, extent, limit)));
    });
    return lists;
  }

  private static Map<RoomId, Ranges> everything(Map<RoomId, Long> extents) {
    Map<RoomId, Ranges> ranges = new HashMap<>();
    extents.forEach((room, upTo) -> ranges.put(room, Ranges.everything(upTo)));
    return ranges;
  }

  private static Key key(Wanted viewed, EventForm form, int limit) {
    return new Key(viewed.room(), form, limit, viewed.departed().orElse(NOW));
  }

  EngineStatistics.CacheUse use() {
    return cache.use();
  }
}
