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

/** Computes from the whole log what is due to a user who polls for one room. Confined to one thread. */
final class PeekOracle {
  private final UserId user;
  private final RoomId room;
  private boolean joined;
  private boolean open;

  PeekOracle(UserId user, RoomId room) {
    this.user = user;
    this.room = room;
  }

  /** Returns the events of a log that are due. */
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
   * Advances by an event, and returns whether it is due: sent by the user, or in the room while the user may read it,
   * at the event or right before.
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
