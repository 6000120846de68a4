package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.UserRooms.UserRoom;
import io.github.matrixsync.internal.snapshot.RoomReader.Asked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms that a snapshot lists, in its order. Immutable.
 *
 * @param whole the rooms shown with state and messages: the joined ones, then those that the user left; each group in
 *     the order of room ids
 * @param others the rooms shown with the user's own member event only, in the order of room ids
 */
record ListedRooms(List<UserRoom> whole, List<UserRoom> others) {
  /** Returns the rooms in listing order, given in the order of room ids. */
  static ListedRooms of(List<UserRoom> rooms) {
    List<UserRoom> whole = new ArrayList<>(rooms.size());
    List<UserRoom> departed = new ArrayList<>();
    List<UserRoom> others = new ArrayList<>();
    for (UserRoom room : rooms) {
      if (!room.viewed().isShown() || room.change().after() == Membership.INVITE) {
        others.add(room);
      } else {
        (isJoined(room) ? whole : departed).add(room);
      }
    }
    whole.addAll(departed);
    return new ListedRooms(whole, others);
  }

  /** Returns the rooms that the user is joined to. */
  Set<RoomId> joinedIds() {
    Set<RoomId> joined = new HashSet<>();
    for (UserRoom room : whole) {
      if (isJoined(room)) {
        joined.add(room.room());
      }
    }
    return joined;
  }

  /** Returns all rooms. */
  Set<RoomId> ids() {
    Set<RoomId> ids = new HashSet<>();
    whole.forEach(room -> ids.add(room.room()));
    others.forEach(room -> ids.add(room.room()));
    return ids;
  }

  List<Asked> askedWhole() {
    return whole.stream().map(ListedRooms::ask).toList();
  }

  /** Requests a room with state and messages. */
  private static Asked ask(UserRoom room) {
    return isJoined(room) ? new Asked(room.viewed(), false, Optional.empty()) : askAlone(room);
  }

  /** Requests the user's own member event of a room. */
  static Asked askAlone(UserRoom room) {
    return new Asked(room.viewed(), true, room.change().event());
  }

  List<Asked> askedAlone() {
    return others.stream().map(ListedRooms::askAlone).toList();
  }

  private static boolean isJoined(UserRoom room) {
    return room.change().after() == Membership.JOIN;
  }
}
