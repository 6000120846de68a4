package io.github.matrixsync;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.StateChange;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who came and went where, in the events of the window. Guarded by the lock of the {@link Roster} it belongs to. */
final class Turns {
  /**
   * A user's membership in a room as of a position.
   *
   * @param position where it changed
   * @param room the room
   * @param joined whether the user is joined from then on
   */
  record Turn(long position, RoomId room, boolean joined) {}

  private final Map<UserId, Deque<Turn>> byUser = new HashMap<>();

  /** Takes a change over and returns it as a turn. */
  Turn add(RoomId room, MemberChange change) {
    Turn turn = new Turn(change.position(), room, change.after() == Membership.JOIN);
    byUser.computeIfAbsent(change.user(), user -> new ArrayDeque<>(2)).add(turn);
    return turn;
  }

  /** Returns a user's turns, oldest first. */
  Collection<Turn> of(UserId user) {
    return byUser.getOrDefault(user, new ArrayDeque<>());
  }

  /** Forgets the turns of events that left the window, oldest first. */
  void drop(List<Entry> dropped) {
    for (Entry entry : dropped) {
      for (StateChange change : entry.stored().changes()) {
        if (change instanceof MemberChange member) {
          byUser.computeIfPresent(member.user(), (user, turns) -> {
            turns.removeIf(turn -> turn.position() <= entry.position());
            return turns.isEmpty() ? null : turns;
          });
        }
      }
    }
  }

  void clear() {
    byUser.clear();
  }
}
