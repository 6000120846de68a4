package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.state.MemberChange;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All joins and leaves in the window, by user. They are applied to a reader's rooms, which are read as of the beginning
 * of the window. Guarded by the roster's lock.
 */
final class MembershipChanges {
  /**
   * A join or leave of a user.
   *
   * @param position the position of the event
   * @param room the room
   * @param joined whether the user is joined from then on
   */
  record JoinOrLeave(long position, RoomId room, boolean joined) {}

  private final Map<UserId, Deque<JoinOrLeave>> byUser = new HashMap<>();

  /** Adds the change of an event with a higher position than all others. */
  JoinOrLeave add(RoomId room, MemberChange change) {
    JoinOrLeave added = new JoinOrLeave(change.position(), room, change.after() == Membership.JOIN);
    byUser.computeIfAbsent(change.user(), user -> new ArrayDeque<>(2)).add(added);
    return added;
  }

  /** Returns the joins and leaves of a user, ascending. */
  Collection<JoinOrLeave> of(UserId user) {
    Deque<JoinOrLeave> known = byUser.get(user);
    return known == null ? List.of() : known;
  }

  /** Drops the joins and leaves of a user up to a position. */
  void drop(UserId user, long upTo) {
    byUser.computeIfPresent(user, (key, known) -> {
      while (!known.isEmpty() && known.getFirst().position() <= upTo) {
        known.removeFirst();
      }
      return known.isEmpty() ? null : known;
    });
  }

  void clear() {
    byUser.clear();
  }
}
