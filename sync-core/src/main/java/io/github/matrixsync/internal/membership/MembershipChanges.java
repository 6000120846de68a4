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
 * All comings and goings in the window, of whomever: what a reader's rooms are rolled forward with when they were read
 * as of the window's beginning. Guarded by the roster's lock.
 */
final class MembershipChanges {
  /**
   * One of them.
   *
   * @param position of the event that brought it
   * @param room where
   * @param joined whether the user is joined from then on
   */
  record JoinOrLeave(long position, RoomId room, boolean joined) {}

  private final Map<UserId, Deque<JoinOrLeave>> byUser = new HashMap<>();

  /** Adds what an event changed, which stands above all that are there. */
  JoinOrLeave add(RoomId room, MemberChange change) {
    JoinOrLeave added = new JoinOrLeave(change.position(), room, change.after() == Membership.JOIN);
    byUser.computeIfAbsent(change.user(), user -> new ArrayDeque<>(2)).add(added);
    return added;
  }

  /** Returns a user's turns, ascending. */
  Collection<JoinOrLeave> of(UserId user) {
    Deque<JoinOrLeave> known = byUser.get(user);
    return known == null ? List.of() : known;
  }

  /** Forgets a user's turns up to a position. */
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
