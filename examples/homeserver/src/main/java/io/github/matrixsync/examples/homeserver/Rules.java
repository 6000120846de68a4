package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import tools.jackson.databind.JsonNode;

/** Who may do what in a room: membership, join rule and power levels. Pure over the state it is given. */
final class Rules {
  private static final int STATE_DEFAULT = 50;

  private final RoomState state;

  Rules(RoomState state) {
    this.state = state;
  }

  long levelOf(UserId user) {
    JsonNode levels = state.content("m.room.power_levels", "");
    if (levels.isMissingNode()) {
      boolean creator =
          user.value().equals(state.content("m.room.create", "").path("creator").asString(""));
      return creator ? 100 : 0;
    }
    return levels
        .path("users")
        .path(user.value())
        .asLong(levels.path("users_default").asLong(0));
  }

  /** Refuses an event that the sender's membership or level does not allow. */
  void requireMaySend(UserId sender, String type, boolean isState) {
    requireJoined(sender);
    JsonNode levels = state.content("m.room.power_levels", "");
    long otherwise = isState
        ? levels.path("state_default").asLong(levels.isMissingNode() ? 0 : STATE_DEFAULT)
        : levels.path("events_default").asLong(0);
    require(sender, levels.path("events").path(type).asLong(otherwise), "send " + type);
  }

  void requireMayRedact(UserId sender, UserId author) {
    requireMaySend(sender, "m.room.redaction", false);
    if (!sender.equals(author)) {
      require(sender, level("redact"), "redact what others sent");
    }
  }

  /** Refuses a change of power levels that gives, or takes from others, more than the sender has. */
  void requireMaySetLevels(UserId sender, JsonNode content) {
    long own = levelOf(sender);
    JsonNode users = content.path("users");
    for (String user : users.propertyNames()) {
      long before =
          state.content("m.room.power_levels", "").path("users").path(user).asLong(0);
      long after = users.path(user).asLong(0);
      boolean othersEqual = before >= own && !user.equals(sender.value());
      if (before != after && (after > own || othersEqual)) {
        throw ApiError.forbidden("not allowed to set that power level");
      }
    }
  }

  void requireMayJoin(UserId user) {
    Membership now = state.membership(user);
    if (now == Membership.BAN) {
      throw ApiError.forbidden("banned from this room");
    }
    String rule = state.content("m.room.join_rules", "").path("join_rule").asString("invite");
    if (now != Membership.JOIN && now != Membership.INVITE && !rule.equals("public")) {
      throw ApiError.forbidden("not invited to this room");
    }
  }

  void requireMayInvite(UserId sender, UserId subject) {
    requireJoined(sender);
    require(sender, level("invite", 0), "invite");
    Membership now = state.membership(subject);
    if (now == Membership.JOIN || now == Membership.BAN) {
      throw ApiError.forbidden(
          subject + (now == Membership.BAN ? " is banned" : " is in the room"));
    }
  }

  void requireMayLeave(UserId user) {
    Membership now = state.membership(user);
    if (now != Membership.JOIN && now != Membership.INVITE) {
      throw ApiError.forbidden("not in this room");
    }
  }

  /** Refuses a kick, or the end of a ban, that the levels do not allow. */
  void requireMayRemove(UserId sender, UserId subject) {
    requireJoined(sender);
    Membership now = state.membership(subject);
    if (now == Membership.LEAVE) {
      throw ApiError.forbidden(subject + " is not in the room");
    }
    require(sender, level(now == Membership.BAN ? "ban" : "kick"), "remove others");
    requireAbove(sender, subject);
  }

  void requireMayBan(UserId sender, UserId subject) {
    requireJoined(sender);
    require(sender, level("ban"), "ban");
    requireAbove(sender, subject);
  }

  void requireJoined(UserId user) {
    if (state.membership(user) != Membership.JOIN) {
      throw ApiError.forbidden("not in this room");
    }
  }

  private void requireAbove(UserId sender, UserId subject) {
    if (levelOf(sender) <= levelOf(subject)) {
      throw ApiError.forbidden("not above " + subject);
    }
  }

  private long level(String action) {
    return level(action, STATE_DEFAULT);
  }

  private long level(String action, long otherwise) {
    return state.content("m.room.power_levels", "").path(action).asLong(otherwise);
  }

  private void require(UserId sender, long needed, String what) {
    if (levelOf(sender) < needed) {
      throw ApiError.forbidden("not allowed to " + what);
    }
  }
}
