package io.github.matrixsync.store.postgres.internal.read;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads of the log, of events by their ids, and of what backfill changed. Thread-safe. */
public final class EventReads {
  /** The most positions that one read for a user looks at. */
  private static final int MAX_EXAMINED = 10_000;

  private final ProvenRead read;
  private final String everything;
  private final String ofRoom;
  private final String ofUser;
  private final String events;
  private final String backfill;

  public EventReads(Database database, Schema schema) {
    read = new ProvenRead(database, schema, StreamNumber.EVENTS);
    everything = read.with(EventColumns.of(schema, """
        SELECT position, 0 AS n FROM @event WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"""));
    ofRoom = read.with(EventColumns.of(schema, """
        SELECT position, 0 AS n FROM @event
        WHERE room = (SELECT number FROM @room WHERE id = ?) AND position > ? AND position <= ?
        ORDER BY position LIMIT ?"""));
    // The ordinal of the first row is the position up to which was looked, as a distance.
    ofUser = read.with(schema.sql("""
        SELECT last.through - ? AS through, events.* FROM (
          SELECT coalesce((SELECT position FROM @event WHERE position > ? AND position <= ?
            ORDER BY position OFFSET %d LIMIT 1), ?) AS through) last
        LEFT JOIN LATERAL (%s) events ON true""".formatted(MAX_EXAMINED - 1, EventColumns.of(schema, """
            SELECT position, 0 AS n FROM @event WHERE position > ? AND position <= last.through
              AND (sender = ? OR subject = ? OR room = ANY (ARRAY(SELECT room FROM @member
                WHERE subject = ? AND after = 0 AND since <= ? AND until > ? AND until > 0)))
            ORDER BY position LIMIT ?"""))));
    events = read.with(EventColumns.of(schema, """
        SELECT position, 0 AS n FROM @event WHERE id = ANY (?) AND kind <> 1
        UNION ALL SELECT position, 0 FROM @event WHERE id = ANY (?) AND kind = 1"""));
    backfill = read.with(
        schema.sql("SELECT room_id, redacts FROM @event WHERE position < ? AND position >= ?"));
  }

  /** Returns a page of the log (rules B1 to B3, R2). */
  public LogPage log(Interest interest, long after, long upTo, int limit) {
    ProvenRead.Bounds bounds = new ProvenRead.Bounds(after, upTo, 0);
    if (interest instanceof Interest.OfUser ofOne) {
      return userLog(ofOne.user().value(), bounds, limit);
    }
    List<EventRows.Row> rows = interest instanceof Interest.OfRoom room
        ? read.rows(
            "reading the log",
            bounds,
            EventRows::read,
            ofRoom,
            room.room().value(),
            after,
            upTo,
            limit)
        : read.rows("reading the log", bounds, EventRows::read, everything, after, upTo, limit);
    return page(rows, upTo, limit);
  }

  private LogPage userLog(String user, ProvenRead.Bounds bounds, int limit) {
    long after = bounds.after();
    long upTo = bounds.upTo();
    long[] through = {upTo};
    List<Optional<EventRows.Row>> rows = read.rows(
        "reading the log",
        bounds,
        row -> {
          through[0] = after + row.getLong(ProvenRead.HEAD_COLUMNS + 1);
          return row.getString(ProvenRead.HEAD_COLUMNS + 2) == null
              ? Optional.<EventRows.Row>empty()
              : Optional.of(EventRows.read(row, 1));
        },
        ofUser,
        after,
        after,
        upTo,
        upTo,
        after,
        user,
        user,
        user,
        upTo,
        after,
        limit);
    return page(rows.stream().flatMap(Optional::stream).toList(), through[0], limit);
  }

  private static LogPage page(List<EventRows.Row> rows, long through, int limit) {
    List<StoredEvent> events = new ArrayList<>();
    EventRows.redacted(rows).forEach(row -> events.add(row.stored()));
    events.sort(Comparator.comparingLong(StoredEvent::position));
    return new LogPage(
        events, events.size() < limit ? through : events.get(limit - 1).position());
  }

  /** Returns events by their ids; the live one if there are two. */
  public Map<EventId, StoredEvent> events(Collection<EventId> ids, long upTo) {
    Object asked = texts(Set.copyOf(ids), EventId::value);
    List<EventRows.Row> rows = read.rows(
        "reading events", ProvenRead.Bounds.upTo(upTo), EventRows::read, events, asked, asked);
    Map<EventId, StoredEvent> found = new HashMap<>();
    for (EventRows.Row row : EventRows.redacted(rows)) {
      found.merge(
          row.stored().event().id(),
          row.stored(),
          (one, other) -> one.kind() == EventKind.OUTLIER ? other : one);
    }
    return Collections.unmodifiableMap(found);
  }

  /** Returns the rooms and redacted events of the backfill between two positions (rule K3). */
  public Backfill backfill(long after, long upTo) {
    Set<RoomId> rooms = new HashSet<>();
    Set<EventId> redacted = new HashSet<>();
    read.rows(
        "reading backfill",
        new ProvenRead.Bounds(Long.MAX_VALUE, 0, upTo),
        row -> {
          rooms.add(RoomId.parse(row.getString(ProvenRead.HEAD_COLUMNS + 1)));
          Optional.ofNullable(row.getString(ProvenRead.HEAD_COLUMNS + 2))
              .ifPresent(target -> redacted.add(EventId.parse(target)));
          return row;
        },
        backfill,
        after,
        upTo);
    return new Backfill(rooms, redacted);
  }
}
