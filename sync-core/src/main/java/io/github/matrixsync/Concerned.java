package io.github.matrixsync;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Whom a new part of a stream may concern, by name: who that is in polls is found when they are woken. Confined to one thread. */
final class Concerned {
  private final Set<RoomId> rooms = new HashSet<>();
  private final Set<UserId> users = new HashSet<>();
  private boolean everyone;

  /** Adds those who are joined to a room then, and those who peek at it. */
  void addRoom(RoomId room) {
    rooms.add(room);
  }

  void addRooms(Collection<RoomId> more) {
    rooms.addAll(more);
  }

  void addUser(UserId user) {
    users.add(user);
  }

  void addEveryone() {
    everyone = true;
  }

  Set<RoomId> rooms() {
    return rooms;
  }

  Set<UserId> users() {
    return users;
  }

  boolean isEveryone() {
    return everyone;
  }

  boolean isNobody() {
    return rooms.isEmpty() && users.isEmpty() && !everyone;
  }
}
