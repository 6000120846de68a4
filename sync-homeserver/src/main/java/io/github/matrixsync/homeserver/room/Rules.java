package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.json.JsonNode;

/**
 * The authorization rules of a room: membership, join rule and power levels. Pure.
 *
 * @since 0.1.0
 */
public final class Rules {
  private static final String REDACTION = "m.room.redaction";
  private static final String ALIASES = "m.room.aliases";
  private static final int STATE_DEFAULT = 50;

  private final RoomState state;

  public Rules(RoomState state) {
    this.state = state;
  }

  /**
   * Refuses an event that its sender may not send, also a member event, and any redaction: these have their own request
   * and their own check, {@link #requireMayRedact}, because the store applies every redaction that names a target.
   */
  public void require(UserId sender, Draft draft) {
    switch (draft.type()) {
      case "m.room.create" -> throw ApiError.forbidden("a room is created once");
      case REDACTION -> throw ApiError.forbidden("redactions have their own request");
      case RoomEvent.MEMBER -> {
        if (draft.stateKey().isPresent()) {
          requireMembership(sender, subject(draft), draft);
          return;
        }
      }
      case PowerLevels.TYPE -> {
        if (draft.stateKey().isPresent()) {
          levels().requireMayBecome(sender, draft.content().tree());
        }
      }
      case ALIASES -> requireOwnServer(sender, draft);
      default -> {}
    }
    requireMaySend(sender, draft);
  }

  /** Refuses aliases of another server. */
  private static void requireOwnServer(UserId sender, Draft draft) {
    String server = Ids.server(sender);
    if (draft.stateKey().filter(server::equals).isEmpty()) {
      throw ApiError.forbidden("the state key of " + ALIASES + " must be " + server);
    }
  }

  /** Refuses a redaction that its sender may not make. */
  void requireMayRedact(UserId sender, UserId author, Draft redaction) {
    requireMaySend(sender, redaction);
    if (!sender.equals(author)) {
      require(sender, level("redact"), "redact what others sent");
    }
  }

  public void requireJoined(UserId user) {
    if (state.membership(user) != Membership.JOIN) {
      throw ApiError.forbidden(user + " not in room " + state.id());
    }
  }

  private static UserId subject(Draft draft) {
    return Ids.id(draft.stateKey().orElseThrow(), UserId::parse);
  }

  private void requireMaySend(UserId sender, Draft draft) {
    requireJoined(sender);
    require(
        sender,
        levels().toSend(draft.type(), draft.stateKey().isPresent()),
        "send " + draft.type());
    draft.stateKey().filter(key -> key.startsWith("@")).ifPresent(key -> {
      if (!key.equals(sender.value())) {
        throw ApiError.forbidden("not allowed to set others' state");
      }
    });
  }

  private void requireMembership(UserId sender, UserId subject, Draft draft) {
    boolean self = sender.equals(subject);
    switch (draft.membership()) {
      case JOIN -> {
        if (!self) {
          throw ApiError.forbidden("nobody joins for another");
        }
        requireMayJoin(subject);
      }
      case INVITE -> requireMayInvite(sender, subject);
      case BAN -> requireMayBan(sender, subject);
      case LEAVE -> {
        requireSaid(draft);
        if (self) {
          requireMayLeave(subject);
        } else {
          requireMayRemove(sender, subject);
        }
      }
      case KNOCK -> {
        if (!self) {
          throw ApiError.forbidden("nobody knocks for another");
        }
        requireMayKnock(subject);
      }
    }
  }

  /** Refuses an unknown membership, which elsewhere counts as leave. */
  private static void requireSaid(Draft draft) {
    if (!draft.content().tree().path("membership").asString("").equals("leave")) {
      throw ApiError.badJson("'membership' must be join, invite, knock, leave or ban");
    }
  }

  private void requireMayJoin(UserId user) {
    Membership now = state.membership(user);
    if (now == Membership.BAN) {
      throw ApiError.forbidden("You are banned from this room");
    }
    if (now != Membership.JOIN && now != Membership.INVITE && !state.joinRule().equals("public")) {
      throw ApiError.forbidden("You are not invited to this room.");
    }
  }

  private void requireMayKnock(UserId user) {
    Membership now = state.membership(user);
    if (now == Membership.BAN) {
      throw ApiError.forbidden("You are banned from this room");
    }
    if (now == Membership.JOIN || now == Membership.INVITE) {
      throw ApiError.forbidden("You are in this room or invited to it");
    }
    boolean letsKnock = state.joinRule().equals("knock");
    if (!letsKnock || !RoomVersions.allowsKnocking(state.version())) {
      throw ApiError.forbidden("You cannot knock at this room");
    }
  }

  private void requireMayInvite(UserId sender, UserId subject) {
    requireJoined(sender);
    require(sender, levels().named("invite", 0), "invite");
    Membership now = state.membership(subject);
    if (now == Membership.JOIN || now == Membership.BAN) {
      throw ApiError.forbidden(subject
          + (now == Membership.BAN ? " is banned from the room" : " is already in the room."));
    }
  }

  private void requireMayLeave(UserId user) {
    Membership now = state.membership(user);
    if (now == Membership.LEAVE || now == Membership.BAN) {
      throw ApiError.forbidden(user + " not in room " + state.id());
    }
  }

  /** Checks a kick, a withdrawn invite, or the end of a ban. */
  private void requireMayRemove(UserId sender, UserId subject) {
    requireJoined(sender);
    Membership now = state.membership(subject);
    if (now == Membership.LEAVE) {
      throw ApiError.forbidden(subject + " not in room " + state.id());
    }
    require(sender, level(now == Membership.BAN ? "ban" : "kick"), "remove others");
    requireAbove(sender, subject);
  }

  private void requireMayBan(UserId sender, UserId subject) {
    requireJoined(sender);
    require(sender, level("ban"), "ban");
    requireAbove(sender, subject);
  }

  private void requireAbove(UserId sender, UserId subject) {
    if (levels().of(sender) <= levels().of(subject)) {
      throw ApiError.forbidden("You cannot remove a user whose power level is not below yours.");
    }
  }

  private PowerLevels levels() {
    JsonNode create = state.content("m.room.create", "");
    return new PowerLevels(
        state.content(PowerLevels.TYPE, ""), create.path("creator").asString(""));
  }

  private long level(String action) {
    return levels().named(action, STATE_DEFAULT);
  }

  private void require(UserId sender, long needed, String what) {
    if (levels().of(sender) < needed) {
      throw ApiError.forbidden("You don't have permission to " + what);
    }
  }
}
