package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.RefusedException;

/** Creates the exceptions for refused actions in one room, with messages that say why. Confined to one action. */
final class Refusals {
  private static final String FORBIDDEN = "M_FORBIDDEN";
  private static final String INSTEAD =
      " To put an event in against the rules, use world.append(…)";

  private final RoomState room;

  Refusals(RoomState room) {
    this.room = room;
  }

  /** Returns the exception for a user who is not in the room. */
  RefusedException notJoined(UserId user, String who) {
    return new RefusedException(
        FORBIDDEN,
        user + " is not in " + room.id() + " (" + since(user) + "); only members can " + who + "."
            + INSTEAD);
  }

  /** Returns the exception for a user whose power level is too low. */
  RefusedException tooWeak(UserId user, long level, long needed, String what) {
    return forbidden(
        user + " has power " + level + " in " + room.id() + " and needs " + needed + " to " + what);
  }

  /**
   * Returns the exception for an action that the membership of its subject forbids: banned, joined already or not
   * invited.
   */
  RefusedException forbidden(UserId user, String why) {
    return forbidden(user + " " + why + " (" + since(user) + ")");
  }

  RefusedException forbidden(String why) {
    return new RefusedException(FORBIDDEN, why + " (" + FORBIDDEN + ")." + INSTEAD);
  }

  RefusedException malformed(String why) {
    return new RefusedException("M_BAD_JSON", why + " (M_BAD_JSON)." + INSTEAD);
  }

  /** Returns the user's membership of the room with the event that set it, in words. */
  private String since(UserId user) {
    return room.entry(RoomEvent.MEMBER, user.value())
        .map(entry -> word(room.membership(user)) + " at " + entry.event())
        .orElse("never joined");
  }

  private static String word(Membership membership) {
    return switch (membership) {
      case JOIN -> "joined";
      case INVITE -> "invited";
      case KNOCK -> "knocked";
      case LEAVE -> "left";
      case BAN -> "banned";
    };
  }
}
