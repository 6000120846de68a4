package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.store.EventStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds which users are joined to which rooms at a position. Users in the roster need no store read. A few others cost
 * one read of their memberships, which the roster caches; many cost one read of the rooms' members. Positions that have
 * left the window, or were purged before they were followed, are read from the store. May block, unless told not to.
 * Thread-safe.
 */
public final class SharedRooms {
  private static final int FEW = 32;
  private static final int SET = 100;

  private final EventStore events;
  private final Roster roster;

  public SharedRooms(EventStore events, Roster roster) {
    this.events = events;
    this.roster = roster;
  }

  /** Returns all users who are joined to any of {@code rooms} at {@code position}. */
  Set<UserId> membersOf(Set<RoomId> rooms, long position) {
    Set<UserId> members = new HashSet<>();
    membersByRoom(rooms, position).values().forEach(members::addAll);
    return members;
  }

  /** Returns the users who are joined to {@code rooms} at {@code position}, by room. */
  Map<RoomId, Set<UserId>> membersByRoom(Set<RoomId> rooms, long position) {
    return rooms.isEmpty() ? Map.of() : events.joinedMembers(rooms, position);
  }

  /**
   * Returns those of {@code users} who are joined to any of {@code rooms} at {@code position}; empty if a store must be
   * read and {@code mayBlock} is false.
   */
  Optional<Set<UserId>> among(
      Collection<UserId> users, Set<RoomId> rooms, long position, boolean mayBlock) {
    Set<UserId> there = new HashSet<>();
    List<UserId> unknown = new ArrayList<>();
    for (UserId user : rooms.isEmpty() ? List.<UserId>of() : users) {
      Optional<Boolean> joined = isKnownIn(user, rooms, position);
      if (joined.isEmpty()) {
        unknown.add(user);
      } else if (joined.get()) {
        there.add(user);
      }
    }
    if (!unknown.isEmpty() && !mayBlock) {
      return Optional.empty();
    }
    if (unknown.size() > FEW) {
      Set<UserId> members = membersOf(rooms, position);
      unknown.stream().filter(members::contains).forEach(there::add);
    } else {
      forEach(unknown, position, (user, joined) -> {
        if (!Collections.disjoint(joined, rooms)) {
          there.add(user);
        }
      });
    }
    return Optional.of(there);
  }

  private Optional<Boolean> isKnownIn(UserId user, Set<RoomId> rooms, long position) {
    return roster.acquireIfLoaded(user).flatMap(reader -> {
      try {
        return roster.joinedAny(reader, rooms, position);
      } finally {
        roster.release(reader);
      }
    });
  }

  /** Returns the rooms that any of some users is joined to at {@code position}; 100 users take one read. */
  public Set<RoomId> roomsOf(Collection<UserId> users, long position) {
    Set<RoomId> rooms = new HashSet<>();
    List<UserId> all = List.copyOf(new HashSet<>(users));
    for (int i = 0; i < all.size(); i += SET) {
      forEach(
          all.subList(i, Math.min(i + SET, all.size())),
          position,
          (user, joined) -> rooms.addAll(joined));
    }
    return rooms;
  }

  /** Passes on each user with the rooms that the user is joined to at {@code position}; all take one read. */
  private void forEach(
      List<UserId> users, long position, BiConsumer<UserId, Set<RoomId>> withRooms) {
    List<Reader> held = users.stream().map(roster::acquire).toList();
    try {
      boolean unused = roster.loadAll(held); // users who still are not loaded are read one by one
      held.forEach(reader -> withRooms.accept(reader.user(), roomsOf(reader, position)));
    } finally {
      held.forEach(roster::release);
    }
  }

  /** Returns the rooms that the user of an acquired reader is joined to at {@code position}. */
  private Set<RoomId> roomsOf(Reader reader, long position) {
    return roster.joinedRooms(reader, position).orElseGet(() -> read(reader.user(), position));
  }

  /** Returns the same; empty if a store must be read and {@code mayBlock} is false. */
  Optional<Set<RoomId>> roomsOf(Reader reader, long position, boolean mayBlock) {
    return mayBlock ? Optional.of(roomsOf(reader, position)) : roster.joinedRooms(reader, position);
  }

  private Set<RoomId> read(UserId user, long position) {
    Set<RoomId> joined = new HashSet<>();
    events.memberships(user, position).forEach((room, change) -> {
      if (change.after() == Membership.JOIN) {
        joined.add(room);
      }
    });
    return joined;
  }
}
