package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Performs one read of the log. For a user's interest each event of the interval is tested in turn, so the cost does
 * not depend on the number of the user's rooms. A read that has tested many events ends early; {@code through} is the
 * last position tested. Guarded by the store's lock.
 */
public final class LogReader {
  /** The most events that one read tests. */
  public static final int MAX_EXAMINED = 10_000;

  private final Indexes indexes;
  private final long after;
  private final long upTo;

  public LogReader(Indexes indexes, long after, long upTo) {
    this.indexes = indexes;
    this.after = after;
    this.upTo = upTo;
  }

  public LogPage read(Interest interest, int limit) {
    if (interest instanceof Interest.OfRoom ofRoom) {
      return indexes
          .room(ofRoom.room())
          .map(room -> page(room.log, entry -> true, limit))
          .orElseGet(() -> new LogPage(List.of(), upTo));
    }
    if (interest instanceof Interest.OfUser ofUser) {
      return page(indexes.log, concerning(ofUser.user()), limit);
    }
    return page(indexes.log, entry -> true, limit);
  }

  private LogPage page(PositionList<Entry> log, Predicate<Entry> wanted, int limit) {
    List<StoredEvent> events = new ArrayList<>();
    int examined = 0;
    for (Entry entry : log.between(after, upTo)) {
      if (events.size() == limit || examined == MAX_EXAMINED) {
        return new LogPage(events, entry.position() - 1);
      }
      examined++;
      if (wanted.test(entry)) {
        events.add(entry.view());
      }
    }
    return new LogPage(events, upTo);
  }

  private Predicate<Entry> concerning(UserId user) {
    UserId known = indexes.people.find(user);
    Map<Room, Boolean> joined = new HashMap<>();
    return entry -> entry.isOf(known) || isJoined(known, entry, joined);
  }

  private boolean isJoined(UserId user, Entry entry, Map<Room, Boolean> joined) {
    Boolean ready = joined.get(entry.room());
    if (ready == null) {
      ready = indexes.memberships.wasJoined(user, entry.event().room(), after, upTo);
      joined.put(entry.room(), ready);
    }
    return ready;
  }
}
