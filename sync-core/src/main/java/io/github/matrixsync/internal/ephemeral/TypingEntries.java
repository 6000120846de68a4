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
import java.util.Set;

/**
 * Typing in answers: of joined rooms, and of users who are joined to them as of the answer's end. Who left is not
 * shown, whatever the store says; so a room's entry is due also when one of those it names has come or gone, or when
 * the reader has come in. May block. Thread-safe.
 */
final class TypingEntries {
  private final LatestFollower<RoomId, TypingChange> follower;
  private final SharedRooms company;

  TypingEntries(LatestFollower<RoomId, TypingChange> follower, SharedRooms company) {
    this.follower = follower;
    this.company = company;
  }

  /** Adds what is new: at most one entry per room. */
  void add(AnswerScope sight, List<EncodedEvent> entries) {
    if (sight.end().typing() == 0) {
      return;
    }
    Map<RoomId, TypingChange> due = new LinkedHashMap<>();
    changed(sight).stream()
        .filter(change -> sight.rooms().contains(change.room()))
        .forEach(change -> due.put(change.room(), change));
    addTurned(sight, due);
    due.forEach((room, change) ->
        entries.add(EphemeralEvents.typing(room, present(sight, room, change.users()))));
  }

  private Collection<TypingChange> changed(AnswerScope sight) {
    if (!sight.moved(EphemeralStream.TYPING)) {
      return List.of();
    }
    long after = sight.from().typing();
    long upTo = sight.end().typing();
    return follower.kept(after, upTo).orElseGet(() -> follower.current(sight.rooms(), after, upTo));
  }

  private void addTurned(AnswerScope sight, Map<RoomId, TypingChange> due) {
    JoinsAndLeaves turnover = sight.turnover();
    Set<RoomId> rooms = new HashSet<>(turnover.entered());
    rooms.addAll(turnover.turned().keySet());
    rooms.retainAll(sight.rooms());
    rooms.removeAll(due.keySet());
    follower.latest(rooms).forEach((room, change) -> {
      Set<UserId> turned = turnover.turned().getOrDefault(room, Set.of());
      boolean names = !Collections.disjoint(change.users(), turned);
      if (change.position() <= sight.end().typing()
          && (names || turnover.entered().contains(room))) {
        due.put(room, change);
      }
    });
  }

  private List<UserId> present(AnswerScope sight, RoomId room, List<UserId> users) {
    Set<UserId> joined = company.among(users, Set.of(room), sight.end().room());
    return users.stream().filter(joined::contains).toList();
  }
}
