package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides which room events a user's stream contains. An event is due to a user if the user was joined at that event,
 * or sent it, or it is the user's own membership event; events that the user ignores are left out. A state event that
 * lost state resolution is due to its sender alone, because v1 clients take every state event for current state.
 * Membership at the event's position decides, so the result depends on the log alone and not on when a user polls.
 * Pure.
 */
public final class DeliveryRule {
  private DeliveryRule() {}

  /** Returns whether an event is a state event that lost state resolution, so that only its sender gets it. */
  static boolean isLost(StoredEvent stored) {
    return stored.event().isState() && !stored.becameState();
  }

  /**
   * Returns whether an event is due to a user.
   *
   * @param joined whether the user was joined at the event
   * @param ignored the users whom the user ignores
   */
  public static boolean isDue(
      StoredEvent stored, UserId user, boolean joined, Set<UserId> ignored) {
    RoomEvent event = stored.event();
    boolean own = event.isAbout(user);
    if ((own && stored.subjectKnows()) || Ranges.ignores(user, ignored, event)) {
      return false;
    }
    boolean lost = isLost(stored);
    if (own && !lost) {
      return true;
    }
    return stored.kind() == EventKind.LIVE
        && ((joined && !lost) || event.sender().equals(user));
  }

  /**
   * Returns whether an event is due to an application service.
   *
   * @param owns tests whether a user belongs to the service
   * @param interested whether the service is interested in the room, at the event or right before it
   */
  public static boolean isDueToService(
      StoredEvent stored, Predicate<UserId> owns, boolean interested) {
    RoomEvent event = stored.event();
    boolean subject = event.subject().filter(owns).isPresent();
    if (subject && stored.subjectKnows()) {
      return false;
    }
    boolean lost = isLost(stored);
    if (subject && !lost) {
      return true;
    }
    return interested && stored.kind() == EventKind.LIVE && (!lost || owns.test(event.sender()));
  }
}
