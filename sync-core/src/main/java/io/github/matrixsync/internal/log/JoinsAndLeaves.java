package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who came and went in a part of the log that a reader knows of: of that, an answer has presence and typing to tell,
 * though nothing of presence or typing has changed. Never changed once it is made.
 *
 * @param entered the rooms that the reader came into
 * @param joined by room, the others who came while the reader was in, and have not gone since
 * @param changed by room, the others who came or went
 */
public record JoinsAndLeaves(
    Set<RoomId> entered, Map<RoomId, Set<UserId>> joined, Map<RoomId, Set<UserId>> changed) {
  public static final JoinsAndLeaves NONE = new JoinsAndLeaves(Set.of(), Map.of(), Map.of());

  /** Beyond so many people, whoever came and went the longest ago is left to the next change of their presence. */
  private static final int MAX_USERS = 10_000;

  /** Returns whether somebody came into a room or went with an event. */
  public static boolean areIn(StoredEvent event) {
    for (StateChange change : event.changes()) {
      if (isJoinOrLeave(change)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isJoinOrLeave(StateChange change) {
    return change instanceof MemberChange member && (member.isJoin() || member.isDeparture());
  }

  /** Returns what {@code part}, of the events that a look of {@code reader} examined, says. */
  public static JoinsAndLeaves of(RoomPart part, UserId reader) {
    return of(part, (all, room, member) -> all.add(room, member, reader));
  }

  /** Returns what {@code part} says to somebody to whom everybody is another. */
  public static JoinsAndLeaves ofOthers(RoomPart part) {
    return of(part, JoinsAndLeaves::addOther);
  }

  /** Returns this and that these rooms were entered, and no others. */
  public JoinsAndLeaves withEntered(Set<RoomId> rooms) {
    return rooms.isEmpty() ? this : new JoinsAndLeaves(rooms, joined, changed);
  }

  /** Adds a change. */
  private interface Adder {
    void add(JoinsAndLeaves to, RoomId room, MemberChange change);
  }

  private static JoinsAndLeaves of(RoomPart part, Adder adder) {
    JoinsAndLeaves all = NONE;
    for (StoredEvent event : part.examined()) {
      for (StateChange change : event.changes()) {
        if (isJoinOrLeave(change)) {
          all = all.isNone() ? empty() : all;
          adder.add(all, event.event().room(), (MemberChange) change);
        }
      }
    }
    return all;
  }

  /** Returns this after what came before it. */
  public JoinsAndLeaves after(JoinsAndLeaves earlier) {
    if (earlier.isNone()) {
      return this;
    }
    JoinsAndLeaves all = empty();
    if (count(changed) + count(earlier.changed) <= MAX_USERS) {
      all.addAll(earlier);
    }
    all.addAll(this);
    all.entered.addAll(earlier.entered);
    return all;
  }

  public boolean isNone() {
    return entered.isEmpty() && changed.isEmpty();
  }

  private static JoinsAndLeaves empty() {
    return new JoinsAndLeaves(new HashSet<>(), new HashMap<>(), new HashMap<>());
  }

  private void add(RoomId room, MemberChange change, UserId reader) {
    if (change.user().equals(reader)) {
      if (change.isJoin()) {
        entered.add(room);
      }
    } else {
      addOther(room, change);
    }
  }

  private void addOther(RoomId room, MemberChange change) {
    usersIn(changed, room).add(change.user());
    if (change.isJoin()) {
      usersIn(joined, room).add(change.user());
    } else {
      usersIn(joined, room).remove(change.user());
    }
  }

  /** Adds what came later than what is here. */
  private void addAll(JoinsAndLeaves later) {
    later.changed.forEach((room, users) -> {
      usersIn(changed, room).addAll(users);
      usersIn(joined, room).removeAll(users);
    });
    later.joined.forEach((room, users) -> usersIn(joined, room).addAll(users));
    entered.addAll(later.entered);
  }

  private static Set<UserId> usersIn(Map<RoomId, Set<UserId>> users, RoomId room) {
    return users.computeIfAbsent(room, key -> new HashSet<>());
  }

  private static int count(Map<RoomId, Set<UserId>> users) {
    return users.values().stream().mapToInt(Set::size).sum();
  }
}
