package io.github.matrixsync.domain.visibility;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;

/**
 * Decides by history visibility and membership whether a viewer may read an ordinary event. Pure.
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
   * @param joinsLater whether the viewer joined at some time after the event
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
