package io.github.matrixsync.domain.visibility;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;

/**
 * The specification's table of who may read an ordinary event, as one function. Pure.
 *
 * <p>Source: the room history visibility module; the rule for former members is that they may read what they could read
 * before they left.
 */
final class Visibility {
  private Visibility() {}

  /**
   * Returns whether a viewer may read an event.
   *
   * @param visibility the room's visibility at the event
   * @param membership the viewer's membership at the event
   * @param joinsLater whether the viewer came in at some time after the event
   */
  static boolean allows(HistoryVisibility visibility, Membership membership, boolean joinsLater) {
    return switch (visibility) {
      case WORLD_READABLE -> true;
      case SHARED -> membership == Membership.JOIN || joinsLater;
      case INVITED -> membership == Membership.JOIN || membership == Membership.INVITE;
      case JOINED -> membership == Membership.JOIN;
    };
  }
}
