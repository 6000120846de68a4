package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.membership.MembershipInterval;
import io.github.matrixsync.store.state.MemberChange;
import java.util.Collection;

/**
 * When any of a service's users was joined to one room, over a stretch of the log. Confined to one thread or guarded by
 * its owner.
 */
final class Occupancy {
  private int joined;
  private MembershipInterval interval;

  private Occupancy(int joined) {
    this.joined = joined;
    this.interval = joined > 0 ? MembershipInterval.IN : MembershipInterval.OUT;
  }

  /** Begins with these members. */
  static Occupancy of(ServiceUsers users, Collection<UserId> members) {
    return new Occupancy((int) members.stream().filter(users::contains).count());
  }

  /**
   * Takes a change over of one of the service's users, at or above all that came before.
   *
   * @param forget the position up to which nobody asks any more
   */
  void take(MemberChange change, long forget) {
    if (change.isJoin() || change.isDeparture()) {
      joined += change.isJoin() ? 1 : -1;
      interval = interval.turned(change.position(), joined > 0, forget);
    }
  }

  /** Returns whether one of them was joined at the event at {@code position}. */
  boolean isAt(long position) {
    return interval.joinedAt(position);
  }

  /** Returns whether one of them was joined at the event at {@code position} or right before it. */
  boolean isAround(long position) {
    return interval.joinedAt(position) || interval.joinedAt(position - 1);
  }

  /** Returns whether one of them came in at {@code position} and none was in right before. */
  boolean beginsAt(long position) {
    return interval.joinedAt(position) && !interval.joinedAt(position - 1);
  }
}
