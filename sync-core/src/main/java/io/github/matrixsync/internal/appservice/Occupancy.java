package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.membership.MembershipInterval;
import io.github.matrixsync.store.state.MemberChange;
import java.util.Collection;

/**
 * Tracks when at least one of a service's users was joined to one room, over a range of positions. Confined to one
 * thread or guarded by its owner.
 */
final class Occupancy {
  private int joined;
  private MembershipInterval interval;

  private Occupancy(int joined) {
    this.joined = joined;
    this.interval = joined > 0 ? MembershipInterval.JOINED : MembershipInterval.NOT_JOINED;
  }

  /** Creates the occupancy of a room with these members. */
  static Occupancy of(ServiceUsers users, Collection<UserId> members) {
    return new Occupancy((int) members.stream().filter(users::contains).count());
  }

  /**
   * Applies a member change of one of the service's users. Positions must not fall from call to call.
   *
   * @param forget the position up to which nothing is asked any more
   */
  void take(MemberChange change, long forget) {
    if (change.isJoin() || change.isDeparture()) {
      joined += change.isJoin() ? 1 : -1;
      interval = interval.withChange(change.position(), joined > 0, forget);
    }
  }

  /** Returns whether a user of the service was joined at the event at {@code position}. */
  boolean isAt(long position) {
    return interval.joinedAt(position);
  }

  /** Returns whether a user of the service was joined at the event at {@code position} or right before it. */
  boolean isAround(long position) {
    return interval.joinedAt(position) || interval.joinedAt(position - 1);
  }

  /** Returns whether the first user of the service joined at {@code position}. */
  boolean beginsAt(long position) {
    return interval.joinedAt(position) && !interval.joinedAt(position - 1);
  }
}
