package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The rooms and users that a new part of a stream may concern. The polls concerned are looked up when they are woken.
 * Confined to one thread.
 */
public final class WakeUpTargets {
  private final Set<RoomId> rooms = new HashSet<>();
  private final Set<UserId> users = new HashSet<>();
  private final Set<RoomId> peeks = new HashSet<>();
  private boolean everyone;
  private boolean presenceOnly;

  /** Adds the users who are joined to a room when they are woken, and those who peek at it. */
  public void addRoom(RoomId room) {
    rooms.add(room);
  }

  public void addRooms(Collection<RoomId> more) {
    rooms.addAll(more);
  }

  /** Adds the users who peek at a room, but not its members. */
  public void addPeeks(RoomId room) {
    peeks.add(room);
  }

  public void addUser(UserId user) {
    users.add(user);
  }

  public void addEveryone() {
    everyone = true;
  }

  /** Marks the new part as presence only. */
  public void setPresenceOnly() {
    presenceOnly = true;
  }

  public boolean isPresenceOnly() {
    return presenceOnly;
  }

  public Set<RoomId> peeks() {
    return peeks;
  }

  public Set<RoomId> rooms() {
    return rooms;
  }

  public Set<UserId> users() {
    return users;
  }

  /** Returns whether the part may concern application services. */
  public boolean mayConcernServices() {
    return everyone || !rooms.isEmpty();
  }

  public boolean isEveryone() {
    return everyone;
  }

  public boolean isEmpty() {
    return rooms.isEmpty() && users.isEmpty() && peeks.isEmpty() && !everyone;
  }
}
