package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.store.state.MemberChange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Computes the position up to which a viewer may be shown a room's state and messages: now for members, the last
 * departure for users who left or were banned, and now for everybody else if the room is world-readable. Pure.
 */
final class RoomExtent {
  private RoomExtent() {}

  /** Returns the extent for a present or former member; empty if the viewer never was one. */
  static OptionalLong ofMember(RoomView view, long now) {
    if (view.joinedAt(now)) {
      return OptionalLong.of(now);
    }
    return view.lastDeparture();
  }

  /** Returns the extent for any viewer; empty if the viewer may not read the room at all. */
  private static OptionalLong ofAnybody(RoomView view, long now) {
    OptionalLong asMember = ofMember(view, now);
    boolean open = view.visibilityAt(now) == HistoryVisibility.WORLD_READABLE;
    return asMember.isEmpty() && open ? OptionalLong.of(now) : asMember;
  }

  /**
   * Returns the extent of a snapshot of one room, for any viewer: as {@link #ofAnybody}, but a former member who is
   * invited again or knocks counts as a stranger.
   */
  static OptionalLong ofSnapshot(RoomView view, long now) {
    return ofAnybody(membership(view).isPresent() ? view : view.asStranger(), now);
  }

  /**
   * Returns the extent of a room's history, for any viewer: that of its snapshot, since pages continue from there;
   * without a snapshot, a former member may read up to the last departure.
   */
  static OptionalLong ofHistory(RoomView view, long now) {
    OptionalLong shown = ofSnapshot(view, now);
    return shown.isPresent() ? shown : ofMember(view, now);
  }

  /** Returns the membership to be shown for a present or former member; empty for a viewer who peeks. */
  static Optional<Membership> membership(RoomView view) {
    return view.latestChange()
        .map(MemberChange::after)
        .filter(last -> last == Membership.JOIN || (view.everJoined() && view.isOut()));
  }
}
