package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Whom a new part of a stream may concern, by name: who that is in polls is found when they are woken. Confined to one
 * thread.
 */
public final class WakeUpTargets {
  private final Set<RoomId> rooms = new HashSet<>();
  private final Set<UserId> users = new HashSet<>();
  private final Set<RoomId> peeks = new HashSet<>();
  private boolean services;
  private boolean everyone;
  private boolean presenceOnly;

  /** Adds those who are joined to a room then, and those who peek at it. */
  public void addRoom(RoomId room) {
    rooms.add(room);
  }

  public void addRooms(Collection<RoomId> more) {
    rooms.addAll(more);
  }

  /** Adds those who peek at a room, and nobody who is in it. */
  public void addPeeks(RoomId room) {
    peeks.add(room);
  }

  /** Adds those who peek at a room and the application services, and nobody who is in it. */
  public void addPeeksAndServices(RoomId room) {
    peeks.add(room);
    services = true;
  }

  public void addUser(UserId user) {
    users.add(user);
  }

  public void addEveryone() {
    everyone = true;
  }

  /** Says that nothing but presence has come. */
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

  /** Returns whether something of rooms came that may concern application services. */
  public boolean mayConcernServices() {
    return everyone || services || !rooms.isEmpty();
  }

  public boolean isEveryone() {
    return everyone;
  }

  public boolean isEmpty() {
    return rooms.isEmpty() && users.isEmpty() && peeks.isEmpty() && !everyone;
  }
}
