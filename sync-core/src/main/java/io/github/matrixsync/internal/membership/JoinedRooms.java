package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.RoomId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that one reader is joined to, each with the reader's index among the room's members. An open-addressing
 * hash table of eight bytes a slot. Guarded by the reader.
 */
final class JoinedRooms {
  private static final @Nullable RosterRoom[] NO_ROOMS = {null};
  private static final int[] NO_INDEXES = {0};

  private @Nullable RosterRoom[] rooms = NO_ROOMS;
  private int[] indexes = NO_INDEXES;
  private int size;

  int size() {
    return size;
  }

  boolean contains(RoomId room) {
    return rooms[slotOf(room)] != null;
  }

  /** Returns the reader's index in a room that is in the table. */
  int indexIn(RosterRoom room) {
    return indexes[slotOf(room.id())];
  }

  /** Returns the ids of the rooms. */
  Set<RoomId> ids() {
    Set<RoomId> ids = new HashSet<>(2 * size);
    for (RosterRoom room : rooms) {
      if (room != null) {
        ids.add(room.id());
      }
    }
    return ids;
  }

  /** Returns the rooms. */
  RosterRoom[] all() {
    return Arrays.stream(rooms).filter(room -> room != null).toArray(RosterRoom[]::new);
  }

  void put(RosterRoom room, int index) {
    if (2 * (size + 1) > rooms.length + (rooms.length >> 1)) {
      grow();
    }
    int slot = slotOf(room.id());
    if (rooms[slot] == null) {
      size++;
    }
    rooms[slot] = room;
    indexes[slot] = index;
  }

  /** Sets the reader's index in a room that is in the table. */
  void move(RosterRoom room, int index) {
    indexes[slotOf(room.id())] = index;
  }

  /** Removes a room that is in the table, and moves up the rooms that were displaced by it. */
  void remove(RosterRoom room) {
    int mask = rooms.length - 1;
    int hole = slotOf(room.id());
    size--;
    for (int slot = (hole + 1) & mask; rooms[slot] != null; slot = (slot + 1) & mask) {
      RosterRoom other = rooms[slot];
      if (((slot - home(other.id(), mask)) & mask) >= ((slot - hole) & mask)) {
        rooms[hole] = other;
        indexes[hole] = indexes[slot];
        hole = slot;
      }
    }
    rooms[hole] = null;
  }

  void clear() {
    rooms = NO_ROOMS;
    indexes = NO_INDEXES;
    size = 0;
  }

  private void grow() {
    @Nullable RosterRoom[] oldRooms = rooms;
    int[] oldPlaces = indexes;
    rooms = new RosterRoom[2 * oldRooms.length];
    indexes = new int[2 * oldRooms.length];
    for (int i = 0; i < oldRooms.length; i++) {
      RosterRoom room = oldRooms[i];
      if (room != null) {
        int slot = slotOf(room.id());
        rooms[slot] = room;
        indexes[slot] = oldPlaces[i];
      }
    }
  }

  /** Returns the slot of a room, or the free slot where it would be. There is always a free one. */
  private int slotOf(RoomId id) {
    int mask = rooms.length - 1;
    int slot = home(id, mask);
    for (RosterRoom room = rooms[slot]; room != null && !room.id().equals(id); room = rooms[slot]) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int home(RoomId id, int mask) {
    int hash = id.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 16) & mask;
  }
}
