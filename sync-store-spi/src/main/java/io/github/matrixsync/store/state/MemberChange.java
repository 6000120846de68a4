package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import java.util.Optional;

/**
 * A user's member event in a room changed. The membership may be the same before and after, as for a new display name.
 *
 * @param position where it changed
 * @param user whose membership it is
 * @param before the membership until then; {@code LEAVE} if there was none
 * @param after the membership from the position on; {@code LEAVE} if the entry is gone
 * @param event the member event from the position on; empty if the entry is gone
 * @since 0.1.0
 */
public record MemberChange(
    long position, UserId user, Membership before, Membership after, Optional<EventId> event)
    implements StateChange {
  @Override
  public String type() {
    return RoomEvent.MEMBER;
  }

  @Override
  public String stateKey() {
    return user.value();
  }

  /** Returns whether the user came in here. */
  public boolean isJoin() {
    return before != Membership.JOIN && after == Membership.JOIN;
  }

  /** Returns whether the user, who was in, went or was made to go here. */
  public boolean isDeparture() {
    return before == Membership.JOIN && after != Membership.JOIN;
  }
}
