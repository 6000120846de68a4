package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.follow.LatestFollower;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.store.ephemeral.TypingChange;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Selects the typing users of an answer: of joined rooms, and only users who are joined as of the answer's end.
 * Therefore a room's entry is sent also when a user whom it names has joined or left, or when the reader has joined.
 * May block. Thread-safe.
 */
final class TypingEntries {
  private final LatestFollower<RoomId, TypingChange> follower;
  private final SharedRooms sharedRooms;

  TypingEntries(LatestFollower<RoomId, TypingChange> follower, SharedRooms sharedRooms) {
    this.follower = follower;
    this.sharedRooms = sharedRooms;
  }

  /**
   * Adds the changed typing users, at most one entry per room.
   *
   * @return false if a store must be read and {@code mayBlock} is false
   */
  boolean add(AnswerScope scope, List<EncodedEvent> entries, boolean mayBlock) {
    if (scope.end().typing() == 0) {
      return true;
    }
    long after = scope.after().typing();
    long upTo = scope.end().typing();
    Optional<Collection<TypingChange>> cached = follower.cached(after, upTo);
    if (cached.isEmpty() && !mayBlock) {
      return false;
    }
    Map<RoomId, TypingChange> due = new LinkedHashMap<>();
    cached.orElseGet(() -> follower.current(scope.rooms(), after, upTo)).stream()
        .filter(change -> scope.rooms().contains(change.room()))
        .forEach(change -> due.put(change.room(), change));
    addAfterJoinsAndLeaves(scope, due);
    for (TypingChange change : due.values()) {
      Optional<Set<UserId>> joined =
          sharedRooms.among(change.users(), Set.of(change.room()), scope.end().room(), mayBlock);
      if (joined.isEmpty()) {
        return false;
      }
      List<UserId> present =
          change.users().stream().filter(joined.get()::contains).toList();
      entries.add(EphemeralEvents.typing(change.room(), present));
    }
    return true;
  }

  private void addAfterJoinsAndLeaves(AnswerScope scope, Map<RoomId, TypingChange> due) {
    JoinsAndLeaves joinsAndLeaves = scope.joinsAndLeaves();
    Set<RoomId> rooms = new HashSet<>(joinsAndLeaves.entered());
    rooms.addAll(joinsAndLeaves.changed().keySet());
    rooms.retainAll(scope.rooms());
    rooms.removeAll(due.keySet());
    follower.latest(rooms).forEach((room, change) -> {
      Set<UserId> joinedOrLeft = joinsAndLeaves.changed().getOrDefault(room, Set.of());
      boolean names = !Collections.disjoint(change.users(), joinedOrLeft);
      if (change.position() <= scope.end().typing()
          && (names || joinsAndLeaves.entered().contains(room))) {
        due.put(room, change);
      }
    });
  }
}
