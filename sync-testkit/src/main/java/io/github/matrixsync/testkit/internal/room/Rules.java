package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;

/**
 * Checks who may send which event to a room, by membership, join rule and power levels. Confined to one action.
 *
 * <p>Source: "Authorization rules" of room version 10.
 */
final class Rules {
  private final RoomState room;
  private final PowerLevels levels;
  private final Refusals refusals;

  Rules(RoomState room) {
    this.room = room;
    levels = PowerLevels.of(room);
    refusals = new Refusals(room);
  }

  /**
   * Throws unless the sender may send an event. For a redaction, {@link #requireMayRedact} checks the redacted event.
   */
  void require(UserId sender, Draft draft) {
    boolean isState = draft.stateKey().isPresent();
    if (isState && draft.type().equals("m.room.create")) {
      throw refusals.forbidden("a room can be created only once");
    }
    if (isState && draft.type().equals(RoomEvent.MEMBER)) {
      requireMembership(sender, UserId.parse(draft.stateKey().get()), draft);
      return;
    }
    requireMaySend(sender, draft);
    if (isState && draft.type().equals(PowerLevels.TYPE)) {
      levels.requireMayBecome(sender, draft.content(), refusals);
    }
  }

  /** Throws unless the sender of a redaction also sent the redacted event, or has the power to redact. */
  void requireMayRedact(UserId sender, UserId author) {
    if (!sender.equals(author)) {
      requirePower(sender, levels.toDo("redact"), "redact what " + author + " sent");
    }
  }

  private void requireMaySend(UserId sender, Draft draft) {
    if (room.membership(sender) != Membership.JOIN) {
      throw refusals.notJoined(sender, "speak");
    }
    boolean isState = draft.stateKey().isPresent();
    requirePower(sender, levels.toSend(draft.type(), isState), "send " + draft.type());
    draft
        .stateKey()
        .filter(key -> key.startsWith("@") && !key.equals(sender.value()))
        .ifPresent(key -> {
          throw refusals.forbidden(sender + " cannot set the state of " + key);
        });
  }

  private void requireMembership(UserId sender, UserId subject, Draft draft) {
    String named = Json.textAt(draft.content(), "membership", "");
    Membership membership = Membership.parse(named);
    if (!membership.value().equals(named)) {
      throw refusals.malformed("'membership' must be join, invite, knock, leave or ban");
    }
    boolean isSelf = sender.equals(subject);
    switch (membership) {
      case JOIN -> requireMayJoin(sender, subject);
      case KNOCK -> requireMayKnock(sender, subject);
      case INVITE -> requireMayInvite(sender, subject);
      case BAN -> requireMayRemove(sender, subject, "ban");
      case LEAVE -> {
        if (isSelf) {
          requireMayLeave(sender);
        } else {
          requireMayEnd(sender, subject);
        }
      }
    }
  }

  private void requireMayJoin(UserId sender, UserId subject) {
    if (!sender.equals(subject)) {
      throw refusals.forbidden(sender + " cannot join for " + subject);
    }
    Membership now = room.membership(subject);
    if (now == Membership.BAN) {
      throw refusals.forbidden(subject, "is banned from " + room.id());
    }
    boolean mayEnter = now == Membership.JOIN || now == Membership.INVITE;
    if (!mayEnter && !room.joinRule().equals("public")) {
      throw refusals.forbidden(
          subject,
          "is not invited to " + room.id() + ", whose join rule is \"" + room.joinRule() + "\"");
    }
  }

  private void requireMayKnock(UserId sender, UserId subject) {
    Membership now = room.membership(subject);
    if (!sender.equals(subject)) {
      throw refusals.forbidden(sender + " cannot knock for " + subject);
    }
    if (!room.joinRule().equals("knock")) {
      throw refusals.forbidden(
          subject,
          "cannot knock at " + room.id() + ", whose join rule is \"" + room.joinRule() + "\"");
    }
    if (now != Membership.LEAVE && now != Membership.KNOCK) {
      throw refusals.forbidden(subject, "cannot knock at " + room.id());
    }
  }

  private void requireMayInvite(UserId sender, UserId subject) {
    if (room.membership(sender) != Membership.JOIN) {
      throw refusals.notJoined(sender, "invite");
    }
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
    if (now == Membership.LEAVE) {
      throw refusals.forbidden(subject, "is not in " + room.id());
    }
    requireMayRemove(sender, subject, now == Membership.BAN ? "ban" : "kick");
  }

  private void requireMayRemove(UserId sender, UserId subject, String action) {
    if (room.membership(sender) != Membership.JOIN) {
      throw refusals.notJoined(sender, action);
    }
    boolean isUnban = room.membership(subject) == Membership.BAN;
    String what = isUnban ? "unban " + subject : action + " " + subject;
    requirePower(sender, levels.toDo(action), what);
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
