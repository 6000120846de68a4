package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;

/** Creates the errors for what the rules of one room refuse, with messages that say why. Immutable. */
final class Refusals {
  private final RoomState room;

  Refusals(RoomState room) {
    this.room = room;
  }

  /** Returns the error for a user who is not in the room; {@code what} is what they wanted to do. */
  ApiError notJoined(UserId user, String what) {
    if (room.creation().isEmpty()) {
      return ApiError.forbidden("there is no such room, " + room.id());
    }
    return ApiError.forbidden(
        user + " is not in " + room.id() + " (" + since(user) + "); only members can " + what);
  }

  /** Returns the error for a user whose power level is too low. */
  ApiError tooWeak(UserId user, long level, long needed, String what) {
    return ApiError.forbidden(
        user + " has power " + level + " in " + room.id() + " and needs " + needed + " to " + what);
  }

  /** Returns the error for what the membership of its subject forbids: banned, joined already or not invited. */
  ApiError forbidden(UserId user, String why) {
    return ApiError.forbidden(user + " " + why + " (" + since(user) + ")");
  }

  /** Returns the user's membership of the room with the event that set it, in words. */
  private String since(UserId user) {
    return room.memberEvent(user).map(event -> word(user) + " at " + event).orElse("never joined");
  }

  private String word(UserId user) {
    return switch (room.membership(user)) {
      case JOIN -> "joined";
      case INVITE -> "was invited";
      case KNOCK -> "knocked";
      case LEAVE -> room.wasSetByAnother(user) ? "was removed" : "left";
      case BAN -> "was banned";
    };
  }
}
