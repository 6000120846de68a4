package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.follow.LatestFollower;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.operation.EphemeralStream;
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
    Optional<Map<RoomId, List<UserId>>> changes = changes(scope, mayBlock);
    changes.ifPresent(
        due -> due.forEach((room, users) -> entries.add(EphemeralEvents.typing(room, users))));
    return changes.isPresent();
  }

  /**
   * Returns who types in the rooms where that changed; empty if a store must be read and {@code mayBlock} is false.
   */
  Optional<Map<RoomId, List<UserId>>> changes(AnswerScope scope, boolean mayBlock) {
    if (scope.end().typing() == 0) {
      return Optional.of(Map.of());
    }
    long after = scope.after().typing();
    long upTo = scope.end().typing();
    Optional<Collection<TypingChange>> cached = follower.cached(after, upTo);
    if (cached.isEmpty() && !mayBlock) {
      return Optional.empty();
    }
    Map<RoomId, TypingChange> due = new LinkedHashMap<>();
    cached.orElseGet(() -> follower.current(scope.rooms(), after, upTo)).stream()
        .filter(change -> scope.rooms().contains(change.room()))
        .forEach(change -> due.put(change.room(), change));
    addAfterJoinsAndLeaves(scope, due);
    return joined(due.values(), scope, mayBlock);
  }

  /**
   * Returns whether the reader may have been told of typing that the store has forgotten since, as it does when it
   * restarts: then a room without an entry has nobody who types.
   */
  boolean isForgotten(AnswerScope scope) {
    return scope.moved(EphemeralStream.TYPING)
        && follower.wantsEverything(scope.after().typing());
  }

  /** Returns, by room, the typing users who are joined to it as of the end. */
  private Optional<Map<RoomId, List<UserId>>> joined(
      Collection<TypingChange> changes, AnswerScope scope, boolean mayBlock) {
    Map<RoomId, List<UserId>> typing = new LinkedHashMap<>();
    for (TypingChange change : changes) {
      Optional<Set<UserId>> joined =
          sharedRooms.among(change.users(), Set.of(change.room()), scope.end().room(), mayBlock);
      if (joined.isEmpty()) {
        return Optional.empty();
      }
      typing.put(
          change.room(), change.users().stream().filter(joined.get()::contains).toList());
    }
    return Optional.of(typing);
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
