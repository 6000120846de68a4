package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.UserRooms.UserRoom;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Caches the rooms of users for snapshots, as long as neither the user's memberships nor the room's state has changed.
 * The rest is read in at most three calls. May block. Thread-safe.
 */
public final class UserRoomsCache {
  private final EventStore events;
  private final LastChanges changes;
  private final ByteCache<UserId, UserRooms> cache;

  UserRoomsCache(EventStore events, LastChanges changes, long maxBytes) {
    this.events = events;
    this.changes = changes;
    this.cache = new ByteCache<>("memberships", maxBytes, (user, rooms) -> rooms.weight());
  }

  /** Returns the rooms of a user as of {@code now}, a position that is followed. */
  public UserRooms find(UserId user, long now) {
    long backfilledTo = changes.now().backfilledTo();
    UserRooms current = cache.find(
        user,
        rooms -> rooms.backfilledTo() == backfilledTo
            && isListed(user, rooms, now)
            && changed(rooms, now).isEmpty());
    if (current != null) {
      return current;
    }
    UserRooms last = cache.peek(user);
    if (last == null || last.backfilledTo() != backfilledTo) {
      return put(user, read(user, null, backfilledTo, now));
    }
    return put(
        user,
        isListed(user, last, now)
            ? refresh(user, last, changed(last, now), now)
            : read(user, last, backfilledTo, now));
  }

  private List<RoomId> changed(UserRooms rooms, long now) {
    List<RoomId> changed = new ArrayList<>();
    for (UserRoom room : rooms.rooms()) {
      if (!isCurrent(room, now)) {
        changed.add(room.room());
      }
    }
    return changed;
  }

  private boolean isListed(UserId user, UserRooms rooms, long now) {
    return rooms.listed() == now || changes.lastOfMember(user) <= Math.min(rooms.listed(), now);
  }

  private boolean isCurrent(UserRoom room, long now) {
    return room.upTo() == now || changes.lastOfState(room.room()) <= Math.min(room.upTo(), now);
  }

  private UserRooms put(UserId user, UserRooms rooms) {
    cache.put(user, rooms);
    return rooms;
  }

  /** Reads the changed rooms again. */
  private UserRooms refresh(UserId user, UserRooms last, List<RoomId> changed, long now) {
    Map<RoomId, ViewedRoom> views = view(user, changed, now);
    List<UserRoom> rooms = new ArrayList<>(last.rooms().size());
    for (UserRoom room : last.rooms()) {
      ViewedRoom refreshed = views.get(room.room());
      rooms.add(refreshed == null ? room : new UserRoom(room.change(), now, refreshed));
    }
    return new UserRooms(last.listed(), last.backfilledTo(), rooms);
  }

  /** Reads the list of rooms, and those rooms whose entries are missing or stale. */
  private UserRooms read(UserId user, @Nullable UserRooms last, long backfilledTo, long now) {
    Map<RoomId, UserRoom> known = last == null ? Map.of() : last.byId();
    Map<RoomId, MemberChange> listed = new TreeMap<>();
    List<RoomId> unknown = new ArrayList<>();
    events.memberships(user, now).forEach((room, change) -> {
      listed.put(room, change);
      UserRoom before = known.get(room);
      if (before == null || !isCurrent(before, now)) {
        unknown.add(room);
      }
    });
    Map<RoomId, ViewedRoom> views = view(user, unknown, now);
    List<UserRoom> rooms = new ArrayList<>(listed.size());
    listed.forEach((room, change) -> {
      ViewedRoom fresh = views.get(room);
      UserRoom before = known.get(room);
      rooms.add(
          fresh == null && before != null
              ? new UserRoom(change, before.upTo(), before.viewed())
              : new UserRoom(change, now, BatchAnswers.answer(views, room)));
    });
    return new UserRooms(now, backfilledTo, rooms);
  }

  /** Reads rooms as a user may see them at {@code now}. */
  private Map<RoomId, ViewedRoom> view(UserId user, Collection<RoomId> rooms, long now) {
    Map<RoomId, ViewedRoom> views = new TreeMap<>();
    if (!rooms.isEmpty()) {
      Map<RoomId, HistoryPoint> own = ownBackfill(user, rooms);
      Map<RoomId, Timelines> timelines = events.timelines(user, rooms, now);
      for (RoomId room : rooms) {
        HistoryPoint point = own.getOrDefault(room, HistoryPoint.START);
        Timelines ofRoom = BatchAnswers.answer(timelines, room);
        views.put(room, ViewedRoom.ofMember(user, room, ofRoom, now, point));
      }
    }
    return views;
  }

  /**
   * Returns the newest backfilled event of each room that a user sent or is the subject of; rooms without one are
   * absent.
   */
  public Map<RoomId, HistoryPoint> ownBackfill(UserId user, Collection<RoomId> rooms) {
    if (events.backfilledTo() == 0) {
      return Map.of();
    }
    Ranges own = new Ranges(List.of(), 0, Optional.of(user), Set.of());
    Map<RoomId, Ranges> visible = new TreeMap<>();
    rooms.forEach(room -> visible.put(room, own));
    Map<RoomId, HistoryPoint> points = new TreeMap<>();
    events.latest(visible, 1).forEach((room, events) -> {
      for (StoredEvent event : events) {
        points.put(room, event.point());
      }
    });
    return points;
  }

  EngineStatistics.CacheUse use() {
    return cache.use();
  }
}
