package io.github.matrixsync.store.postgres.internal.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is typing in a room. Immutable.
 *
 * @param position of the latest change of who is typing; 0 if nobody ever was
 * @param revision of the latest change, also of a deadline alone
 * @param users in the order in which they began
 * @param deadlines of each, in milliseconds since the epoch
 */
record TypingRow(
    RoomId room, long position, long revision, List<UserId> users, List<Long> deadlines) {
  TypingRow {
    users = List.copyOf(users);
    deadlines = List.copyOf(deadlines);
  }

  /** Returns a room in which nobody ever was typing. */
  static TypingRow of(RoomId room) {
    return new TypingRow(room, 0, 0, List.of(), List.of());
  }

  /** Returns the earliest deadline; {@link Long#MAX_VALUE} if nobody is typing. */
  long until() {
    return deadlines.stream().mapToLong(deadline -> deadline).min().orElse(Long.MAX_VALUE);
  }

  /** Returns this with a user's deadline, which may be their first; not placed yet. */
  TypingRow with(UserId user, long deadline) {
    List<UserId> typing = new ArrayList<>(users);
    List<Long> ends = new ArrayList<>(deadlines);
    int place = users.indexOf(user);
    if (place >= 0) {
      ends.set(place, deadline);
    } else {
      typing.add(user);
      ends.add(deadline);
    }
    return new TypingRow(room, position, revision, typing, ends);
  }

  /** Returns this without a user; not placed yet. */
  TypingRow without(UserId user) {
    List<UserId> typing = new ArrayList<>(users);
    List<Long> ends = new ArrayList<>(deadlines);
    int place = users.indexOf(user);
    if (place >= 0) {
      typing.remove(place);
      ends.remove(place);
    }
    return new TypingRow(room, position, revision, typing, ends);
  }

  /** Returns this without those whose deadline is at or before a time; not placed yet. */
  TypingRow after(long now) {
    List<UserId> typing = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < users.size(); i++) {
      if (deadlines.get(i) > now) {
        typing.add(users.get(i));
        ends.add(deadlines.get(i));
      }
    }
    return new TypingRow(room, position, revision, typing, ends);
  }

  /** Returns this at another place. */
  TypingRow at(long newPosition, long newRevision) {
    return new TypingRow(room, newPosition, newRevision, users, deadlines);
  }
}
