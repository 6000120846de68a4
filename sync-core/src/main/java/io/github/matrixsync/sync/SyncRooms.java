package io.github.matrixsync.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RoomId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rooms of an answer of {@code /sync}; each stands in one section only, by the user's membership at the end of the
 * answer. Immutable.
 *
 * @param join rooms that the user is joined to, by id
 * @param invite for each room that the user is invited to, its stripped state
 * @param knock for each room that the user knocks at, its stripped state
 * @param leave rooms that the user left or was banned from, by id
 * @since 0.1.0
 */
public record SyncRooms(
    SortedMap<RoomId, JoinedRoom> join,
    SortedMap<RoomId, List<ClientEvent>> invite,
    SortedMap<RoomId, List<ClientEvent>> knock,
    SortedMap<RoomId, LeftRoom> leave) {
  /** No rooms. */
  public static final SyncRooms NONE = new SyncRooms(Map.of(), Map.of(), Map.of(), Map.of());

  /** Copies the maps. */
  public SyncRooms {
    join = new TreeMap<>(join);
    invite = new TreeMap<>(invite);
    knock = new TreeMap<>(knock);
    leave = new TreeMap<>(leave);
  }

  /** Creates the rooms of maps in any order. */
  public SyncRooms(
      Map<RoomId, JoinedRoom> join,
      Map<RoomId, List<ClientEvent>> invite,
      Map<RoomId, List<ClientEvent>> knock,
      Map<RoomId, LeftRoom> leave) {
    this(new TreeMap<>(join), new TreeMap<>(invite), new TreeMap<>(knock), new TreeMap<>(leave));
  }

  /** Returns whether there is no room. */
  public boolean isEmpty() {
    return join.isEmpty() && invite.isEmpty() && knock.isEmpty() && leave.isEmpty();
  }

  /** Returns the same rooms with all timelines limited. */
  SyncRooms limited() {
    SortedMap<RoomId, JoinedRoom> joined = new TreeMap<>(join);
    joined.replaceAll((room, part) -> part.limited());
    SortedMap<RoomId, LeftRoom> left = new TreeMap<>(leave);
    left.replaceAll((room, part) -> part.limited());
    return new SyncRooms(joined, invite, knock, left);
  }
}
