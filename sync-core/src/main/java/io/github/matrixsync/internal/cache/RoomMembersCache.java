package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.state.RoomMembers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Caches how many members rooms have, and the first of these members. An entry is used for all viewers until the room's
 * state changes. May block. Thread-safe.
 */
public final class RoomMembersCache {
  private static final int BARE_WEIGHT = 200;
  private static final int WEIGHT_OF_USER = 80;

  private record Read(RoomMembers members, long upTo) {
    int weight() {
      int users = members.firstJoined().size()
          + members.firstInvited().size()
          + members.firstGone().size();
      return BARE_WEIGHT + WEIGHT_OF_USER * users;
    }
  }

  private final EventStore events;
  private final LastChanges changes;
  private final int first;
  private final ByteCache<RoomId, Read> cache;

  /**
   * Makes an empty cache.
   *
   * @param first how many members of each kind are read: joined, invited and gone
   */
  RoomMembersCache(EventStore events, LastChanges changes, long maxBytes, int first) {
    this.events = events;
    this.changes = changes;
    this.first = first;
    this.cache = new ByteCache<>("members", maxBytes, (room, read) -> read.weight());
  }

  /** Returns the members of rooms as of a position that the follower has read, with at most one store read. */
  public Map<RoomId, RoomMembers> find(Collection<RoomId> rooms, long upTo) {
    Map<RoomId, RoomMembers> found = new HashMap<>();
    List<RoomId> missing = new ArrayList<>();
    for (RoomId room : rooms) {
      Read read = cache.find(
          room, r -> r.upTo() == upTo || changes.lastOfState(room) <= Math.min(r.upTo(), upTo));
      if (read == null) {
        missing.add(room);
      } else {
        found.put(room, read.members());
      }
    }
    if (!missing.isEmpty()) {
      Map<RoomId, RoomMembers> read = events.members(missing, upTo, first);
      for (RoomId room : missing) {
        RoomMembers members = BatchAnswers.answer(read, room);
        found.put(room, members);
        cache.put(room, new Read(members, upTo));
      }
    }
    return found;
  }

  EngineStatistics.CacheUse use() {
    return cache.use();
  }
}
