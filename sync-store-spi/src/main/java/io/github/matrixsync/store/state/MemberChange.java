package io.github.matrixsync.store.state;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import java.util.Optional;

/**
 * A change of a user's member event in a room. The membership may be the same before and after, as for a new display
 * name.
 *
 * @param position the position of the change
 * @param user the user whose membership it is
 * @param before the membership until then; {@code LEAVE} if there was none
 * @param after the membership from the position on; {@code LEAVE} if the entry was removed
 * @param event the member event from the position on; empty if the entry was removed
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

  /** Returns whether the user joined by this change. */
  public boolean isJoin() {
    return before != Membership.JOIN && after == Membership.JOIN;
  }

  /** Returns whether the user left, or was removed, by this change. */
  public boolean isDeparture() {
    return before == Membership.JOIN && after != Membership.JOIN;
  }
}
