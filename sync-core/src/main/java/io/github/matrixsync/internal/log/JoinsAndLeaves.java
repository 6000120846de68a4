package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The joins and leaves that a reader may know of in a part of the log. They make an answer include presence and typing
 * that did not change themselves. Not changed after it is made.
 *
 * @param entered the rooms that the reader joined
 * @param joined by room, the other users who joined while the reader was joined, and have not left since
 * @param changed by room, the other users who joined or left
 */
public record JoinsAndLeaves(
    Set<RoomId> entered, Map<RoomId, Set<UserId>> joined, Map<RoomId, Set<UserId>> changed) {
  public static final JoinsAndLeaves NONE = new JoinsAndLeaves(Set.of(), Map.of(), Map.of());

  /** Returns whether an event makes somebody join or leave a room. */
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

  /** Returns the joins and leaves in the events that a look of {@code reader} examined. */
  public static JoinsAndLeaves of(RoomPart part, UserId reader) {
    return of(part.examined(), reader);
  }

  /** Returns the joins and leaves in events of rooms that {@code reader} is in. */
  public static JoinsAndLeaves of(List<StoredEvent> events, UserId reader) {
    return of(events, (all, room, member) -> all.add(room, member, reader));
  }

  /** Returns the joins and leaves in a part for a reader who is none of its members, such as an application service. */
  public static JoinsAndLeaves ofOthers(RoomPart part) {
    return of(part.examined(), JoinsAndLeaves::addOther);
  }

  /** Returns the same with these rooms as the rooms that the reader joined. */
  public JoinsAndLeaves withEntered(Set<RoomId> rooms) {
    return rooms.isEmpty() ? this : new JoinsAndLeaves(rooms, joined, changed);
  }

  /** Adds a membership change to a collection. */
  private interface Adder {
    void add(JoinsAndLeaves to, RoomId room, MemberChange change);
  }

  private static JoinsAndLeaves of(List<StoredEvent> events, Adder adder) {
    JoinsAndLeaves all = NONE;
    for (StoredEvent event : events) {
      for (StateChange change : event.changes()) {
        if (isJoinOrLeave(change)) {
          all = all.isNone() ? empty() : all;
          adder.add(all, event.event().room(), (MemberChange) change);
        }
      }
    }
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

  private static Set<UserId> usersIn(Map<RoomId, Set<UserId>> users, RoomId room) {
    return users.computeIfAbsent(room, key -> new HashSet<>());
  }
}
