package io.github.matrixsync.law;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is due to a user who listens to one room alone, walked along the whole log. Confined to one thread. */
final class PeekOracle {
  private final UserId user;
  private final RoomId room;
  private boolean joined;
  private boolean open;

  PeekOracle(UserId user, RoomId room) {
    this.user = user;
    this.room = room;
  }

  /** Returns all that is due of a log. */
  static List<EventId> due(UserId user, RoomId room, Collection<RoomEvent> log) {
    PeekOracle walk = new PeekOracle(user, room);
    List<EventId> due = new ArrayList<>();
    for (RoomEvent event : log) {
      if (walk.isDue(event)) {
        due.add(event.id());
      }
    }
    return due;
  }

  /**
   * Goes on to an event. Returns whether it is due: own, or of the room while it is open to the user, or right before.
   */
  boolean isDue(RoomEvent event) {
    if (!event.room().equals(room)) {
      return false;
    }
    boolean wasOpen = open;
    open =
        event.historyVisibility().map(HistoryVisibility.WORLD_READABLE::equals).orElse(open);
    boolean own = event.isAbout(user);
    if (own) {
      joined = event.membership().orElseThrow() == Membership.JOIN;
    }
    return own || joined || open || wasOpen || event.sender().equals(user);
  }

  /** Returns whether the user may read the room after the last event. */
  boolean isReadable() {
    return joined || open;
  }
}
