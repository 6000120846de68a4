package io.github.matrixsync;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.StateChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who came and went in room events that a reader got: of that, an answer has presence and typing to tell, though nothing of presence or typing has changed. Never changed once it is made.
 *
 * @param entered the rooms that the reader came into
 * @param met the others who came into rooms that the reader was in
 * @param turned by room, the others who came or went
 */
record Turnover(Set<RoomId> entered, Set<UserId> met, Map<RoomId, Set<UserId>> turned) {
  static final Turnover NONE = new Turnover(Set.of(), Set.of(), Map.of());

  /** Beyond so many people, whoever came and went the longest ago is left to the next change of their presence. */
  private static final int MOST = 10_000;

  /** Returns what {@code part}, of the events due to {@code reader}, says. */
  static Turnover of(RoomPart part, UserId reader) {
    Turnover all = NONE;
    for (RoomPart.Due due : part.due()) {
      for (StateChange change : due.stored().changes()) {
        if (change instanceof MemberChange member && (member.isJoin() || member.isDeparture())) {
          all = all.isNone() ? empty() : all;
          all.add(due.stored().event().room(), member, reader);
        }
      }
    }
    return all;
  }

  /** Returns this after what came before it. */
  Turnover after(Turnover earlier) {
    if (earlier.isNone()) {
      return this;
    }
    Turnover all = empty();
    boolean tooMany = met.size() + earlier.met.size() > MOST;
    for (Turnover one : tooMany ? List.of(this) : List.of(earlier, this)) {
      all.met.addAll(one.met);
      one.turned.forEach((room, users) -> all.usersOf(room).addAll(users));
    }
    all.entered.addAll(earlier.entered);
    all.entered.addAll(entered);
    return all;
  }

  boolean isNone() {
    return entered.isEmpty() && turned.isEmpty();
  }

  private static Turnover empty() {
    return new Turnover(new HashSet<>(), new HashSet<>(), new HashMap<>());
  }

  private void add(RoomId room, MemberChange change, UserId reader) {
    if (!change.user().equals(reader)) {
      usersOf(room).add(change.user());
      if (change.isJoin()) {
        met.add(change.user());
      }
    } else if (change.isJoin()) {
      entered.add(room);
    }
  }

  private Set<UserId> usersOf(RoomId room) {
    return turned.computeIfAbsent(room, key -> new HashSet<>());
  }
}
