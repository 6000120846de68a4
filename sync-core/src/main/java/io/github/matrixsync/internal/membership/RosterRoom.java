package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.RoomId;
import java.util.Arrays;

/** A room and those of its members that are readers, in a dense array in any order. Guarded by the roster's lock. */
final class RosterRoom {
  private static final Reader[] NONE = {};

  private final RoomId id;
  private Reader[] members = NONE;
  private int size;

  RosterRoom(RoomId id) {
    this.id = id;
  }

  RoomId id() {
    return id;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns the current members. */
  Reader[] members() {
    return Arrays.copyOf(members, size);
  }

  /** Adds a member who is not in the room, and returns the index. */
  int add(Reader reader) {
    if (size == members.length) {
      members = Arrays.copyOf(members, Math.max(2, size + (size >> 1)));
    }
    members[size] = reader;
    return size++;
  }

  /** Removes the member at an index, and moves the last member there. */
  void remove(int index) {
    Reader last = members[--size];
    if (index < size) {
      members[index] = last;
      last.rooms().move(this, index);
    }
    if (size < members.length >> 2) {
      members = Arrays.copyOf(members, members.length >> 1);
    }
    Arrays.fill(members, size, Math.min(size + 1, members.length), null);
  }
}
