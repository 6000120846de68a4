package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;

/**
 * The authorization rules of a room: membership, join rule and power levels. Pure.
 *
 * @since 0.1.0
 */
public final class Rules {
  private static final String REDACTION = "m.room.redaction";
  private static final String ALIASES = "m.room.aliases";

  private final RoomState room;
  private final PowerLevels levels;
  private final Refusals refusals;

  public Rules(RoomState room) {
    this.room = room;
    levels = PowerLevels.of(room);
    refusals = new Refusals(room);
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
      case ALIASES -> requireOwnServer(sender, draft);
      default -> {}
    }
    requireMaySend(sender, draft);
    if (draft.type().equals(PowerLevels.TYPE) && draft.stateKey().isPresent()) {
      levels.requireMayBecome(sender, draft.content().tree(), refusals);
    }
  }

  /** Refuses a kick of somebody who is not in the room, invited or knocking. */
  void requireMayKick(UserId sender, UserId subject) {
    requireJoined(sender, "kick");
    switch (room.membership(subject)) {
      case LEAVE, BAN -> throw refusals.forbidden(subject, "is not in " + room.id());
      default -> {}
    }
  }

  /** Refuses to end a ban that there is not. */
  void requireMayUnban(UserId sender, UserId subject) {
    requireJoined(sender, "unban");
    if (room.membership(subject) != Membership.BAN) {
      throw refusals.forbidden(subject, "is not banned from " + room.id());
    }
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
      requirePower(sender, levels.toDo("redact"), "redact what " + author + " sent");
    }
  }

  public void requireJoined(UserId user) {
    requireJoined(user, "do this");
  }

  /**
   * Refuses a user who is not in the room.
   *
   * @param what what only members can do
   */
  public void requireJoined(UserId user, String what) {
    if (room.membership(user) != Membership.JOIN) {
      throw refusals.notJoined(user, what);
    }
  }

  private static UserId subject(Draft draft) {
    return Ids.id(draft.stateKey().orElseThrow(), UserId::parse);
  }

  private void requireMaySend(UserId sender, Draft draft) {
    requireJoined(sender, "speak");
    boolean isState = draft.stateKey().isPresent();
    requirePower(sender, levels.toSend(draft.type(), isState), "send " + draft.type());
    draft
        .stateKey()
        .filter(key -> key.startsWith("@") && !key.equals(sender.value()))
        .ifPresent(key -> {
          throw ApiError.forbidden(sender + " cannot set the state of " + key);
        });
  }

  private void requireMembership(UserId sender, UserId subject, Draft draft) {
    String named = draft.content().tree().path("membership").asString();
    Membership membership = Membership.parse(named);
    if (!membership.value().equals(named)) {
      throw ApiError.badJson("'membership' must be join, invite, knock, leave or ban");
    }
    switch (membership) {
      case JOIN -> requireMayJoin(sender, subject);
      case KNOCK -> requireMayKnock(sender, subject);
      case INVITE -> requireMayInvite(sender, subject);
      case BAN -> requireMayRemove(sender, subject, "ban", "ban");
      case LEAVE -> {
        if (sender.equals(subject)) {
          requireMayLeave(sender);
        } else {
          requireMayEnd(sender, subject);
        }
      }
    }
  }

  private void requireMayJoin(UserId sender, UserId subject) {
    if (!sender.equals(subject)) {
      throw ApiError.forbidden(sender + " cannot join for " + subject);
    }
    Membership now = room.membership(subject);
    if (now == Membership.BAN) {
      throw refusals.forbidden(subject, "is banned from " + room.id());
    }
    boolean mayEnter = now == Membership.JOIN || now == Membership.INVITE;
    if (!mayEnter && !room.joinRule().equals("public")) {
      throw refusals.forbidden(subject, "is not invited to " + room.id() + whoseRule());
    }
  }

  private String whoseRule() {
    return ", whose join rule is \"" + room.joinRule() + "\"";
  }

  private void requireMayKnock(UserId sender, UserId subject) {
    if (!sender.equals(subject)) {
      throw ApiError.forbidden(sender + " cannot knock for " + subject);
    }
    boolean letsKnock = room.joinRule().equals("knock");
    if (!letsKnock || !RoomVersions.allowsKnocking(room.version())) {
      throw refusals.forbidden(subject, "cannot knock at " + room.id() + whoseRule());
    }
    Membership now = room.membership(subject);
    if (now != Membership.LEAVE && now != Membership.KNOCK) {
      throw refusals.forbidden(subject, "cannot knock at " + room.id());
    }
  }

  private void requireMayInvite(UserId sender, UserId subject) {
    requireJoined(sender, "invite");
    requirePower(sender, levels.toDo("invite"), "invite " + subject);
    Membership now = room.membership(subject);
    if (now == Membership.JOIN) {
      throw refusals.forbidden(subject, "is in " + room.id() + " already");
    }
    if (now == Membership.BAN) {
      throw refusals.forbidden(subject, "is banned from " + room.id());
    }
  }

  private void requireMayLeave(UserId user) {
    Membership now = room.membership(user);
    if (now == Membership.LEAVE) {
      throw refusals.notJoined(user, "leave");
    }
    if (now == Membership.BAN) {
      throw refusals.forbidden(user, "is banned from " + room.id());
    }
  }

  /** Checks a kick, a withdrawn invite, or the end of a ban. */
  private void requireMayEnd(UserId sender, UserId subject) {
    Membership now = room.membership(subject);
    boolean isBanned = now == Membership.BAN;
    String verb = isBanned ? "unban" : "kick";
    requireJoined(sender, verb);
    if (now == Membership.LEAVE) {
      throw refusals.forbidden(subject, "is not in " + room.id());
    }
    requireMayRemove(sender, subject, isBanned ? "ban" : "kick", verb);
  }

  /** Checks the end of another user's membership; {@code level} is the name of the level that it needs. */
  private void requireMayRemove(UserId sender, UserId subject, String level, String verb) {
    requireJoined(sender, verb);
    String what = verb + " " + subject;
    requirePower(sender, levels.toDo(level), what);
    if (levels.of(sender) <= levels.of(subject)) {
      throw refusals.tooWeak(sender, levels.of(sender), levels.of(subject) + 1, what);
    }
  }

  private void requirePower(UserId sender, long needed, String what) {
    long level = levels.of(sender);
    if (level < needed) {
      throw refusals.tooWeak(sender, level, needed, what);
    }
  }
}
