package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.LogPage;
import io.github.matrixsync.store.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One read of the log. A user's interest is found by testing each event of the interval in turn: that costs nothing per room the user is in, and a read that has examined many events ends early and says how far it
 * came. Guarded by the store's lock.
 */
final class LogReader {
  /** How many events one read looks at at most. */
  static final int MAX_EXAMINED = 10_000;

  private final Indexes indexes;
  private final long after;
  private final long upTo;

  LogReader(Indexes indexes, long after, long upTo) {
    this.indexes = indexes;
    this.after = after;
    this.upTo = upTo;
  }

  LogPage read(Interest interest, int limit) {
    if (interest instanceof Interest.OfRoom ofRoom) {
      return indexes
          .room(ofRoom.room())
          .map(room -> page(room.log, stored -> true, limit))
          .orElseGet(() -> new LogPage(List.of(), upTo));
    }
    if (interest instanceof Interest.OfUser ofUser) {
      return page(indexes.log, concerning(ofUser.user()), limit);
    }
    return page(indexes.log, stored -> true, limit);
  }

  private LogPage page(PositionList<Entry> log, Predicate<StoredEvent> wanted, int limit) {
    List<StoredEvent> events = new ArrayList<>();
    int examined = 0;
    for (Entry entry : log.between(after, upTo)) {
      if (events.size() == limit || examined == MAX_EXAMINED) {
        return new LogPage(events, entry.position() - 1);
      }
      examined++;
      if (wanted.test(entry.view())) {
        events.add(entry.view());
      }
    }
    return new LogPage(events, upTo);
  }

  private Predicate<StoredEvent> concerning(UserId user) {
    Map<RoomId, Boolean> joined = new HashMap<>();
    return stored -> stored.event().sender().equals(user)
        || stored.event().isAbout(user)
        || joined.computeIfAbsent(
            stored.event().room(), room -> indexes.memberships.wasJoined(user, room, after, upTo));
  }
}
