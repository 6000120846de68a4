package io.github.matrixsync.internal.cache;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.state.MemberChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rooms in which one user has or had a membership, ordered by id, as of a position. Immutable.
 *
 * @param listed the position up to which the list of rooms is complete
 * @param backfilledTo the lowest position of backfill when the rooms were read
 * @param rooms the rooms
 */
public record UserRooms(long listed, long backfilledTo, List<UserRoom> rooms) {
  private static final int BARE_WEIGHT = 200;

  public UserRooms {
    rooms = List.copyOf(rooms);
  }

  /**
   * A room of the user.
   *
   * @param change the user's latest member change
   * @param upTo the position up to which {@code viewed} is current
   * @param viewed the room as the user may see it
   */
  public record UserRoom(MemberChange change, long upTo, ViewedRoom viewed) {
    public RoomId room() {
      return viewed.room();
    }
  }

  Map<RoomId, UserRoom> byId() {
    Map<RoomId, UserRoom> byId = new HashMap<>();
    rooms.forEach(room -> byId.put(room.room(), room));
    return byId;
  }

  int weight() {
    return BARE_WEIGHT + rooms.stream().mapToInt(room -> room.viewed().weight()).sum();
  }
}
