package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.ClientEvents;
import java.util.List;
import java.util.Optional;

/**
 * One room in a snapshot. A room left or banned from is shown as of the end of the viewer's last time in it. Immutable.
 *
 * <p>Source: {@code RoomInfo} of the v1 Sync API.
 *
 * @param room the room
 * @param membership the viewer's membership; empty for one who peeks
 * @param published whether the public room list shows the room
 * @param inviter who invited the viewer; present iff the membership is invite
 * @param invite the viewer's own member event, where neither messages nor state are shown; empty if its JSON is
 *     damaged
 * @param messages the newest messages, oldest first; empty for one who was never in the room
 * @param state the state entries, in any order; empty for one who was never in the room
 * @param accountData the viewer's account data for the room; absent for one who was never in the room, and if the
 *     engine has no account data
 * @since 0.1.0
 */
// More than five parameters: one for each field of RoomInfo in the v1 Sync API.
public record RoomSnapshot(
    RoomId room,
    Optional<Membership> membership,
    boolean published,
    Optional<UserId> inviter,
    Optional<ClientEvent> invite,
    Optional<MessagePage> messages,
    List<ClientEvent> state,
    Optional<List<ClientEvent>> accountData) {
  /** Copies the lists. */
  public RoomSnapshot {
    state = ClientEvents.copyOf(state);
    accountData = accountData.map(List::copyOf);
  }
}
