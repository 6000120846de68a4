package io.github.matrixsync.store.postgres.internal.read;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.RoomMembers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads state changes, member counts and gaps of rooms (rules S3, S4, TG1). Thread-safe. */
public final class SummaryReads {
  private static final int FIRST = ProvenRead.HEAD_COLUMNS + 1;
  private static final int JOINED = 0;
  private static final int INVITED = 1;
  private static final int GONE = 3;

  private record Changed(int room, EntryChange change) {}

  private record Members(int room, int kind, int count, List<UserId> first) {}

  private final ProvenRead read;
  private final String changes;
  private final String members;
  private final String gaps;

  public SummaryReads(Database database, Schema schema) {
    read = new ProvenRead(database, schema, StreamNumber.EVENTS);
    changes = read.with(schema.sql("""
        SELECT a.n, s.position, s.is_gone, e.type, e.state_key, e.id
        FROM unnest(?, ?, ?) WITH ORDINALITY a (room, after, up_to, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.room LIMIT 1) r
        CROSS JOIN LATERAL (
          (SELECT since AS position, false AS is_gone, event FROM @state_entry
            WHERE room = r.number AND since > a.after AND since <= a.up_to AND until > a.up_to OFFSET 0)
          UNION ALL
          (SELECT a.up_to, true, event FROM @state_entry o
            WHERE room = r.number AND until > a.after AND until <= a.up_to AND since <= a.after
              AND a.up_to >= (SELECT t.until FROM @state_entry t WHERE t.room = o.room AND t.entry = o.entry
                AND t.since <= a.up_to ORDER BY t.since DESC LIMIT 1) OFFSET 0)) s
        CROSS JOIN LATERAL (SELECT type, state_key, id FROM @event WHERE position = s.event LIMIT 1) e"""));
    members = read.with(schema.sql("""
        SELECT a.n, m.kind, m.total, m.subjects
        FROM unnest(?) WITH ORDINALITY a (room, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.room LIMIT 1) r
        CROSS JOIN LATERAL (
          SELECT kind, count(*) AS total, (array_agg(subject ORDER BY position))[1:?] AS subjects
          FROM (SELECT least(e.membership, %d) AS kind, e.subject, e.position
            FROM (SELECT event FROM @state_entry
              WHERE room = r.number AND until > ? AND since <= ? OFFSET 0) s
            CROSS JOIN LATERAL (SELECT membership, subject, position FROM @event
              WHERE position = s.event LIMIT 1) e
            WHERE e.membership IS NOT NULL) each GROUP BY kind) m""".formatted(GONE)));
    gaps = read.with(schema.sql("""
        SELECT a.n, g.position FROM unnest(?, ?, ?) WITH ORDINALITY a (room, after, up_to, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.room LIMIT 1) r
        CROSS JOIN LATERAL (SELECT position FROM @timeline_gap
          WHERE room = r.number AND position > a.after AND position <= a.up_to
          ORDER BY position DESC LIMIT 1) g"""));
  }

  /** Returns the state entries of each room that changed in its interval. */
  public Map<RoomId, List<EntryChange>> stateChanges(Map<RoomId, Range> intervals) {
    List<RoomId> rooms = List.copyOf(intervals.keySet());
    Map<RoomId, List<EntryChange>> found = new HashMap<>();
    rooms.forEach(room -> found.put(room, new ArrayList<>()));
    rows("reading state changes", changes, SummaryReads::changed, rooms, intervals)
        .forEach(row ->
            found.getOrDefault(rooms.get(row.room() - 1), new ArrayList<>()).add(row.change()));
    found.replaceAll((room, all) -> List.copyOf(all));
    return Map.copyOf(found);
  }

  private static Changed changed(ResultSet row) throws SQLException {
    boolean isGone = row.getBoolean(FIRST + 2);
    return new Changed(
        row.getInt(FIRST),
        new EntryChange(
            row.getLong(FIRST + 1),
            TextCodec.decode(row.getBytes(FIRST + 3)),
            TextCodec.decode(row.getBytes(FIRST + 4)),
            isGone ? Optional.empty() : Optional.of(EventId.parse(row.getString(FIRST + 5)))));
  }

  /** Returns the position of the last gap of each room in its range. */
  public Map<RoomId, Long> lastGap(Map<RoomId, Range> ranges) {
    List<RoomId> rooms = List.copyOf(ranges.keySet());
    Map<RoomId, Long> found = new HashMap<>();
    rows(
            "reading gaps",
            gaps,
            row -> Map.entry(row.getInt(FIRST), row.getLong(FIRST + 1)),
            rooms,
            ranges)
        .forEach(row -> found.put(rooms.get(row.getKey() - 1), row.getValue()));
    return Map.copyOf(found);
  }

  private <R> List<R> rows(
      String what,
      String sql,
      ProvenRead.RowReader<R> reader,
      List<RoomId> rooms,
      Map<RoomId, Range> ranges) {
    List<Range> ofRooms = rooms.stream().map(ranges::get).toList();
    long highest = ofRooms.stream().mapToLong(Range::upTo).max().orElse(0);
    return read.rows(
        what,
        ProvenRead.Bounds.upTo(highest),
        reader,
        sql,
        texts(rooms, RoomId::value),
        longs(ofRooms.stream().map(Range::after).toList()),
        longs(ofRooms.stream().map(Range::upTo).toList()));
  }

  /** Returns how many members each room has, and the first of them. */
  public Map<RoomId, RoomMembers> members(Collection<RoomId> asked, long upTo, int heroes) {
    List<RoomId> rooms = List.copyOf(Set.copyOf(asked));
    Map<Integer, Map<Integer, Members>> byRoom = new HashMap<>();
    read.rows(
            "counting members",
            ProvenRead.Bounds.upTo(upTo),
            SummaryReads::membersOf,
            members,
            texts(rooms, RoomId::value),
            heroes,
            upTo,
            upTo)
        .forEach(
            row -> byRoom.computeIfAbsent(row.room(), n -> new HashMap<>()).put(row.kind(), row));
    Map<RoomId, RoomMembers> found = new HashMap<>();
    for (int i = 0; i < rooms.size(); i++) {
      found.put(rooms.get(i), summary(byRoom.getOrDefault(i + 1, Map.of())));
    }
    return Map.copyOf(found);
  }

  private static RoomMembers summary(Map<Integer, Members> byKind) {
    Members none = new Members(0, 0, 0, List.of());
    Members joined = byKind.getOrDefault(JOINED, none);
    Members invited = byKind.getOrDefault(INVITED, none);
    Members gone = byKind.getOrDefault(GONE, none);
    return new RoomMembers(
        joined.count(), invited.count(), joined.first(), invited.first(), gone.first());
  }

  private static Members membersOf(ResultSet row) throws SQLException {
    Object[] users = (Object[]) row.getArray(FIRST + 3).getArray();
    return new Members(
        row.getInt(FIRST),
        row.getInt(FIRST + 1),
        row.getInt(FIRST + 2),
        Arrays.stream(users).map(user -> UserId.parse((String) user)).toList());
  }
}
