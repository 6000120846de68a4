package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.roster.Reader;
import io.github.matrixsync.internal.roster.Roster;
import io.github.matrixsync.store.EventStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who is in which rooms. Of users that the roster knows it says so without a store; of a few others after one read each, which the roster keeps; of many after one read for all. May block. Thread-safe. */
public final class Company {
  private static final int FEW = 32;

  private final EventStore events;
  private final Roster roster;

  public Company(EventStore events, Roster roster) {
    this.events = events;
    this.roster = roster;
  }

  /** Returns all who are joined to any of {@code rooms} at {@code position}. */
  Set<UserId> membersOf(Set<RoomId> rooms, long position) {
    Set<UserId> members = new HashSet<>();
    if (!rooms.isEmpty()) {
      events.joinedMembers(rooms, position).values().forEach(members::addAll);
    }
    return members;
  }

  /**
   * Returns those of {@code users} who are joined to any of {@code rooms} at {@code position}.
   *
   * @param position inside the window
   */
  Set<UserId> among(Collection<UserId> users, Set<RoomId> rooms, long position) {
    Set<UserId> there = new HashSet<>();
    List<UserId> unknown = new ArrayList<>();
    for (UserId user : rooms.isEmpty() ? List.<UserId>of() : users) {
      roster
          .acquireIfLoaded(user)
          .ifPresentOrElse(
              reader -> addAndRelease(reader, rooms, position, there), () -> unknown.add(user));
    }
    if (unknown.size() > FEW) {
      Set<UserId> members = membersOf(rooms, position);
      unknown.stream().filter(members::contains).forEach(there::add);
    } else {
      unknown.forEach(user -> addAfterLoad(user, rooms, position, there));
    }
    return there;
  }

  /**
   * Returns the rooms that a user is joined to at {@code position}.
   *
   * @param position inside the window
   */
  public Set<RoomId> roomsOf(UserId user, long position) {
    Reader reader = load(user);
    try {
      return reader.joinedRoomsAt(position);
    } finally {
      roster.release(reader);
    }
  }

  private void addAfterLoad(UserId user, Set<RoomId> rooms, long position, Set<UserId> there) {
    addAndRelease(load(user), rooms, position, there);
  }

  private Reader load(UserId user) {
    Reader reader = roster.acquire(user);
    try {
      roster.load(reader);
    } catch (Throwable e) {
      roster.release(reader);
      throw e;
    }
    return reader;
  }

  private void addAndRelease(Reader reader, Set<RoomId> rooms, long position, Set<UserId> there) {
    try {
      if (reader.joinedAnyAt(rooms, position)) {
        there.add(reader.user());
      }
    } finally {
      roster.release(reader);
    }
  }
}
