package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.state.MemberChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The present members of one room, and all member changes. Members as of an earlier position are computed by undoing
 * the later changes. Guarded by the store's lock.
 */
final class RoomMembers {
  private final Set<UserId> joined = new HashSet<>();
  private final PositionList<MemberChange> changes = new PositionList<>(MemberChange::position);

  void add(MemberChange change) {
    changes.add(change);
    set(joined, change.user(), change.after());
  }

  /** Returns a copy of the joined members as of {@code upTo} (rule S2). */
  Set<UserId> joinedAsOf(long upTo) {
    Set<UserId> users = new HashSet<>(joined);
    List<MemberChange> later = changes.after(upTo);
    for (int i = later.size() - 1; i >= 0; i--) {
      set(users, later.get(i).user(), later.get(i).before());
    }
    return users;
  }

  private static void set(Set<UserId> users, UserId user, Membership membership) {
    if (membership == Membership.JOIN) {
      users.add(user);
    } else {
      users.remove(user);
    }
  }
}
