package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.state.MemberChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rooms that one user has, or had, a membership in, by their ids, as they are at a position. Immutable.
 *
 * @param listed up to where the list of rooms is known
 * @param backfilledTo how far backfill went when the rooms were read
 * @param rooms the rooms
 */
public record UserRooms(long listed, long backfilledTo, List<UserRoom> rooms) {
  private static final int BARE_WEIGHT = 200;

  public UserRooms {
    rooms = List.copyOf(rooms);
  }

  /**
   * One of the rooms.
   *
   * @param change the user's latest member change
   * @param upTo up to where {@code seen} is known to hold
   * @param seen what the user sees of it
   */
  public record UserRoom(MemberChange change, long upTo, ViewedRoom seen) {
    public RoomId room() {
      return seen.room();
    }
  }

  Map<RoomId, UserRoom> byId() {
    Map<RoomId, UserRoom> byId = new HashMap<>();
    rooms.forEach(room -> byId.put(room.room(), room));
    return byId;
  }

  int weight() {
    return BARE_WEIGHT + rooms.stream().mapToInt(room -> room.seen().weight()).sum();
  }
}
