package io.github.matrixsync.store.postgres.internal.append;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.bytes;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Servers;
import io.github.matrixsync.store.postgres.internal.write.WriteTransaction;
import io.github.matrixsync.store.state.StateEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the log's lock and reads what the batches of a transaction need, in one round trip. Each statement sees what
 * was committed while it waited for the lock, because it is a statement of its own. Immutable.
 */
final class LockedReads {
  private static final short PURGED = 3;

  private final String lock;
  private final String head;
  private final String rooms;
  private final String events;
  private final String entries;
  private final String members;
  private final String redactions;

  LockedReads(Schema schema) {
    lock = WriteTransaction.lock(schema, StreamNumber.EVENTS);
    head = schema.sql("""
        SELECT greatest(s.floor, s.retained, (SELECT max(position) FROM @event)),
          least(s.backfill_floor, (SELECT min(position) FROM @event)),
          (SELECT max(number) FROM @room), %s
        FROM @stream s WHERE s.number = 1""".formatted(Servers.COLUMNS));
    rooms = schema.sql("""
        SELECT r.id, r.number, greatest(r.purged_depth, latest.top_depth, backfill.top_depth),
          coalesce(latest.high_depth, live.high_depth), coalesce(latest.high_position, live.high_position)
        FROM @room r
        LEFT JOIN LATERAL (SELECT top_depth, high_depth, high_position FROM @event
          WHERE room = r.number AND position > 0 ORDER BY position DESC LIMIT 1) latest ON true
        LEFT JOIN LATERAL (SELECT top_depth FROM @event
          WHERE room = r.number AND position < 0 ORDER BY position LIMIT 1) backfill ON true
        LEFT JOIN LATERAL (SELECT high_depth, high_position FROM @event
          WHERE latest.high_depth IS NULL AND room = r.number AND position > 0 AND high_depth IS NOT NULL
          ORDER BY position DESC LIMIT 1) live ON true
        WHERE r.id = ANY (?)""");
    String fields =
        "id, position, kind, room_id, type, state_key, membership, visibility, changes IS NOT NULL, sets_state";
    events = schema.sql("SELECT e.* FROM unnest(?) a (id) CROSS JOIN LATERAL ("
        + "SELECT " + fields + " FROM @event WHERE id = a.id AND kind <> 1"
        + " UNION ALL SELECT " + fields + " FROM @event WHERE id = a.id AND kind = 1"
        + " UNION ALL SELECT id, position, 3::smallint, '', ''::bytea, NULL, NULL, NULL, false, false"
        + " FROM @purged_event WHERE id = a.id) e");
    entries = schema.sql("""
        SELECT a.n, s.since, e.id, e.position, e.kind, e.room_id, e.type, e.state_key, e.membership, e.visibility,
          e.changes IS NOT NULL, e.sets_state
        FROM unnest(?, ?) WITH ORDINALITY a (room, entry, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.room LIMIT 1) r
        CROSS JOIN LATERAL (SELECT since, until, event FROM @state_entry
          WHERE room = r.number AND entry = a.entry ORDER BY since DESC LIMIT 1) s
        JOIN @event e ON e.position = s.event
        WHERE s.until = 9223372036854775807""");
    members = schema.sql("""
        SELECT a.n, m.since, m.after
        FROM unnest(?, ?) WITH ORDINALITY a (subject, room, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.room LIMIT 1) r
        CROSS JOIN LATERAL (SELECT since, after FROM @member
          WHERE subject = a.subject AND room = r.number ORDER BY since DESC LIMIT 1) m""");
    redactions = schema.sql("""
        SELECT a.n, x.kind
        FROM unnest(?, ?) WITH ORDINALITY a (room, target, n)
        CROSS JOIN LATERAL (SELECT kind FROM @redaction WHERE target = a.target AND room_id = a.room LIMIT 1) x""");
  }

  /**
   * Takes the lock, and returns what these batches need.
   *
   * @param statements what must be sent before, which returns one row
   */
  StoredState read(Connection connection, List<Append> appends, Statements statements)
      throws SQLException {
    Needs needs = new Needs(appends);
    statements.add(lock).add(head);
    needs.addTo(statements);
    try (Results results = statements.execute(connection)) {
      results.next();
      results.next();
      StoredState state = new StoredState(head(results.next()));
      needs.read(results, state);
      return state;
    }
  }

  private static StreamHead head(ResultSet row) throws SQLException {
    if (!row.next()) {
      throw new SQLException("the table of streams has no row for the events");
    }
    return new StreamHead(row.getLong(1), row.getLong(2), row.getLong(3), Servers.read(row, 4));
  }

  /** What the batches name, each once. */
  private final class Needs {
    private final Set<RoomId> roomIds = new LinkedHashSet<>();
    private final Set<EventId> eventIds = new LinkedHashSet<>();
    private final Set<EntryRow.Key> entryKeys = new LinkedHashSet<>();
    private final Set<MemberRow.Key> memberKeys = new LinkedHashSet<>();
    private final Set<StoredState.Redacted> targets = new LinkedHashSet<>();

    Needs(List<Append> appends) {
      appends.forEach(this::add);
    }

    private void add(Append append) {
      RoomEvent event = append.event();
      roomIds.add(event.room());
      eventIds.add(event.id());
      targets.add(new StoredState.Redacted(event.room(), event.id()));
      event
          .redacts()
          .ifPresent(target -> targets.add(new StoredState.Redacted(event.room(), target)));
      event
          .stateKey()
          .ifPresent(key -> entryKeys.add(new EntryRow.Key(event.room(), event.type(), key)));
      for (StateEntry entry : append.stateEntries()) {
        entryKeys.add(EntryRow.Key.of(event.room(), entry));
        entry.event().ifPresent(eventIds::add);
        UserId member = memberOf(entry);
        if (member != null) {
          memberKeys.add(new MemberRow.Key(member, event.room()));
        }
      }
    }

    void addTo(Statements statements) {
      statements.add(rooms, texts(roomIds, RoomId::value));
      statements.add(events, texts(eventIds, EventId::value));
      if (!entryKeys.isEmpty()) {
        statements.add(
            entries,
            texts(entryKeys, key -> key.room().value()),
            bytes(entryKeys.stream()
                .map(key -> TextCodec.digest(key.type(), key.stateKey()))
                .toList()));
      }
      if (!memberKeys.isEmpty()) {
        statements.add(
            members,
            texts(memberKeys, key -> key.user().value()),
            texts(memberKeys, key -> key.room().value()));
      }
      statements.add(
          redactions,
          texts(targets, target -> target.room().value()),
          texts(targets, target -> target.target().value()));
    }

    void read(Results results, StoredState state) throws SQLException {
      readRooms(results.next(), state);
      readEvents(results.next(), state);
      if (!entryKeys.isEmpty()) {
        readEntries(results.next(), state);
      }
      if (!memberKeys.isEmpty()) {
        readMembers(results.next(), state);
      }
      readRedactions(results.next(), state);
    }

    private void readRooms(ResultSet row, StoredState state) throws SQLException {
      while (row.next()) {
        long depth = row.getLong(4);
        HistoryPoint high = row.wasNull() ? null : new HistoryPoint(depth, row.getLong(5));
        state.rooms.put(
            RoomId.parse(row.getString(1)), new RoomNow(row.getLong(2), row.getLong(3), high));
      }
    }

    private void readEvents(ResultSet row, StoredState state) throws SQLException {
      while (row.next()) {
        if (row.getShort(3) == PURGED) {
          state.purged.put(EventId.parse(row.getString(1)), row.getLong(2));
        } else {
          state.add(knownEvent(row, 1));
        }
      }
    }

    private void readEntries(ResultSet row, StoredState state) throws SQLException {
      List<EntryRow.Key> keys = new ArrayList<>(entryKeys);
      while (row.next()) {
        EntryRow.Key key = keys.get(row.getInt(1) - 1);
        state.entries.put(key, new EntryRow(key, row.getLong(2), knownEvent(row, 3), true));
      }
    }

    private void readMembers(ResultSet row, StoredState state) throws SQLException {
      List<MemberRow.Key> keys = new ArrayList<>(memberKeys);
      while (row.next()) {
        MemberRow.Key key = keys.get(row.getInt(1) - 1);
        Membership after = ChangesCodec.membership(row.getInt(3));
        state.members.put(key, new MemberRow(key, row.getLong(2), after, null));
      }
    }

    private void readRedactions(ResultSet row, StoredState state) throws SQLException {
      List<StoredState.Redacted> keys = new ArrayList<>(targets);
      while (row.next()) {
        state.redactions.put(
            keys.get(row.getInt(1) - 1), EnumCodec.of(EventKind.values(), row.getInt(2)));
      }
    }
  }

  /** Returns the user whose membership an entry is; null if it is another entry. */
  private static @Nullable UserId memberOf(StateEntry entry) {
    if (!entry.type().equals(RoomEvent.MEMBER)) {
      return null;
    }
    try {
      return UserId.parse(entry.stateKey());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static KnownEvent knownEvent(ResultSet row, int first) throws SQLException {
    int membership = row.getInt(first + 6);
    Membership sets = row.wasNull() ? null : ChangesCodec.membership(membership);
    int visibility = row.getInt(first + 7);
    HistoryVisibility shows = row.wasNull() ? null : ChangesCodec.visibility(visibility);
    KnownEvent.Fields fields = new KnownEvent.Fields(
        RoomId.parse(row.getString(first + 3)),
        TextCodec.decode(row.getBytes(first + 4)),
        TextCodec.decodeNullable(row.getBytes(first + 5)),
        sets,
        shows);
    return new KnownEvent(
        EventId.parse(row.getString(first)),
        row.getLong(first + 1),
        EnumCodec.of(EventKind.values(), row.getInt(first + 2)),
        fields,
        row.getBoolean(first + 8),
        row.getBoolean(first + 9));
  }
}
