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
 * @param whole those whose state and messages are shown: the joined ones, then those that are shown as they were when
 *     the user left; by their ids each
 * @param others those of which the user's own member event alone is shown, by their ids
 */
record ListedRooms(List<UserRoom> whole, List<UserRoom> others) {
  /** Puts rooms in order, which come by their ids. */
  static ListedRooms of(List<UserRoom> rooms) {
    List<UserRoom> whole = new ArrayList<>(rooms.size());
    List<UserRoom> departed = new ArrayList<>();
    List<UserRoom> others = new ArrayList<>();
    for (UserRoom room : rooms) {
      if (!room.seen().isShown() || room.change().after() == Membership.INVITE) {
        others.add(room);
      } else {
        (isJoined(room) ? whole : departed).add(room);
      }
    }
    whole.addAll(departed);
    return new ListedRooms(whole, others);
  }

  /** Returns the rooms in which the user is. */
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

  /** Asks for a room as a whole. */
  private static Asked ask(UserRoom room) {
    return isJoined(room) ? new Asked(room.seen(), false, Optional.empty()) : askAlone(room);
  }

  /** Asks for the user's own member event of a room. */
  static Asked askAlone(UserRoom room) {
    return new Asked(room.seen(), true, room.change().event());
  }

  List<Asked> askedAlone() {
    return others.stream().map(ListedRooms::askAlone).toList();
  }

  private static boolean isJoined(UserRoom room) {
    return room.change().after() == Membership.JOIN;
  }
}
