package io.github.matrixsync.internal.room;

import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.state.StateChange;
import java.util.Comparator;
import java.util.Optional;

/** The type and state key of an entry of a room's state; ordered by type, then key. Immutable. */
record EntryKey(String type, String stateKey) implements Comparable<EntryKey> {
  private static final Comparator<EntryKey> ORDER =
      Comparator.comparing(EntryKey::type).thenComparing(EntryKey::stateKey);

  static EntryKey of(StateChange change) {
    return new EntryKey(change.type(), change.stateKey());
  }

  /** Returns the key of a state event. */
  static EntryKey of(RoomEvent event) {
    return new EntryKey(event.type(), event.stateKey().orElseThrow());
  }

  /** Returns the key of a user's membership. */
  static EntryKey ofMember(UserId user) {
    return new EntryKey(RoomEvent.MEMBER, user.value());
  }

  boolean isMember() {
    return type.equals(RoomEvent.MEMBER);
  }

  /** Returns whether the entry decides whether a room has a name. */
  boolean isName() {
    return stateKey.isEmpty()
        && (type.equals("m.room.name") || type.equals("m.room.canonical_alias"));
  }

  /** Returns the user whose membership this is; empty if it is none, or of nobody. */
  Optional<UserId> member() {
    try {
      return isMember() ? Optional.of(UserId.parse(stateKey)) : Optional.empty();
    } catch (InvalidIdException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(EntryKey other) {
    return ORDER.compare(this, other);
  }
}
