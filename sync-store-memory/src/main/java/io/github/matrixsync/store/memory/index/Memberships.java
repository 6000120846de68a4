package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.state.MemberChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Indexes every user's member changes by room, including those of outliers (rule S2). Guarded by the store's lock. */
public final class Memberships {
  private static final PositionList<MemberChange> NONE = noChanges();

  private final Map<UserId, Map<RoomId, PositionList<MemberChange>>> byUser = new HashMap<>();

  void add(RoomId room, MemberChange change) {
    byUser
        .computeIfAbsent(change.user(), user -> new HashMap<>())
        .computeIfAbsent(room, unused -> noChanges())
        .add(change);
  }

  /** Returns the membership that the user has in a room now. */
  Membership last(UserId user, RoomId room) {
    return changes(user, room).last().map(MemberChange::after).orElse(Membership.LEAVE);
  }

  /** Returns the user's latest change in every room where there is one up to {@code upTo}. */
  public Map<RoomId, MemberChange> asOf(UserId user, long upTo) {
    Map<RoomId, MemberChange> latest = new HashMap<>();
    byUser
        .getOrDefault(user, Map.of())
        .forEach((room, changes) ->
            changes.lastUpTo(upTo).ifPresent(change -> latest.put(room, change)));
    return latest;
  }

  /** Returns the user's changes in a room up to {@code upTo}, without those from joined to joined. */
  List<MemberChange> timeline(UserId user, RoomId room, long upTo) {
    List<MemberChange> remaining = new ArrayList<>();
    for (MemberChange change : changes(user, room).upTo(upTo)) {
      if (change.before() != Membership.JOIN || change.after() != Membership.JOIN) {
        remaining.add(change);
      }
    }
    return remaining;
  }

  /** Returns whether the user was joined anywhere from {@code after} on and up to {@code upTo}. */
  boolean wasJoined(UserId user, RoomId room, long after, long upTo) {
    PositionList<MemberChange> changes = changes(user, room);
    return changes.lastUpTo(after).stream().anyMatch(Memberships::isJoined)
        || changes.between(after, upTo).stream().anyMatch(Memberships::isJoined);
  }

  private PositionList<MemberChange> changes(UserId user, RoomId room) {
    return byUser.getOrDefault(user, Map.of()).getOrDefault(room, NONE);
  }

  private static boolean isJoined(MemberChange change) {
    return change.after() == Membership.JOIN;
  }

  private static PositionList<MemberChange> noChanges() {
    return new PositionList<>(MemberChange::position);
  }
}
