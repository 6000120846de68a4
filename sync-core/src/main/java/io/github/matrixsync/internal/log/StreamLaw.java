package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventKind;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.StoredEvent;
import java.util.Set;

/**
 * The one gate for room events in streams. An event is due to a user if the user was joined at that event, or sent it, or it is the user's own membership event; less what the user ignores. It is decided for each event
 * by the membership at its position, so what a user gets depends on the log alone, never on when they asked. Pure.
 */
public final class StreamLaw {
  private StreamLaw() {}

  /**
   * Returns whether an event is due.
   *
   * @param joined whether the user was joined at the event
   * @param ignored whom the user ignores
   */
  public static boolean isDue(
      StoredEvent stored, UserId user, boolean joined, Set<UserId> ignored) {
    RoomEvent event = stored.event();
    boolean own = event.isAbout(user);
    if ((own && stored.subjectKnows()) || Ranges.ignores(user, ignored, event)) {
      return false;
    }
    return own || (stored.kind() == EventKind.LIVE && (joined || event.sender().equals(user)));
  }

  /**
   * Returns whether an event is due to an application service.
   *
   * @param subject whether the event sets the membership of one of the service's users
   * @param interested whether the room is of interest to the service, at the event or right before it
   */
  public static boolean isDueToService(StoredEvent stored, boolean subject, boolean interested) {
    if (subject) {
      return !stored.subjectKnows();
    }
    return interested && stored.kind() == EventKind.LIVE;
  }
}
