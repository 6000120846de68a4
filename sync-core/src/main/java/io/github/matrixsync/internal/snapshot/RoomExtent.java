package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.store.state.MemberChange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Up to where a viewer may be shown a room's state and messages: members up to now, those who left or were banned up to
 * the end of their last time in it, everybody else up to now if everybody may read it. Pure.
 */
final class RoomExtent {
  private RoomExtent() {}

  /** Returns the extent for one who is or was in the room; empty if they never were. */
  static OptionalLong ofMember(RoomView view, long now) {
    if (view.joinedAt(now)) {
      return OptionalLong.of(now);
    }
    return view.lastDeparture();
  }

  /** Returns the extent for anybody; empty if they may not read the room at all. */
  private static OptionalLong ofAnybody(RoomView view, long now) {
    OptionalLong asMember = ofMember(view, now);
    boolean open = view.visibilityAt(now) == HistoryVisibility.WORLD_READABLE;
    return asMember.isEmpty() && open ? OptionalLong.of(now) : asMember;
  }

  /**
   * Returns the extent of a snapshot of one room, for anybody: as {@link #ofAnybody}, but who was in the room and is
   * invited again, or asks to come in, is no former member.
   */
  static OptionalLong ofSnapshot(RoomView view, long now) {
    return ofAnybody(membership(view).isPresent() ? view : view.asStranger(), now);
  }

  /**
   * Returns the extent of a room's history, for anybody: that of its snapshot, since pages go on from there; if there
   * is none to be had, one who was in the room may still read up to the end of that.
   */
  static OptionalLong ofHistory(RoomView view, long now) {
    OptionalLong shown = ofSnapshot(view, now);
    return shown.isPresent() ? shown : ofMember(view, now);
  }

  /** Returns the membership to be shown, of who is in the room or was and is out: empty for one who only peeks. */
  static Optional<Membership> membership(RoomView view) {
    return view.latestChange()
        .map(MemberChange::after)
        .filter(last -> last == Membership.JOIN || (view.everJoined() && view.isOut()));
  }
}
