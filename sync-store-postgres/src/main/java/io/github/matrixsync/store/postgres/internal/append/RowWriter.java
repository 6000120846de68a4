package io.github.matrixsync.store.postgres.internal.append;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.booleans;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.bytes;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.rows;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.shorts;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.write.Servers;
import io.github.matrixsync.store.state.MemberChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the statements that write the rows of a transaction: one for each table and kind of change, whatever the number
 * of rows, and none for what does not change. Immutable.
 */
final class RowWriter {
  private final String jump;
  private final String insertRooms;
  private final String insertEvents;
  private final String insertGaps;
  private final String closeEntries;
  private final String insertEntries;
  private final String closeMembers;
  private final String insertMembers;
  private final String insertVisibilities;
  private final String deleteRedactions;
  private final String insertRedactions;
  private final String markRedacted;
  private final String markStateSetters;
  private final String repointEntries;

  RowWriter(Schema schema) {
    jump = schema.sql(
        "UPDATE @stream SET floor = ?, backfill_floor = ?, cluster = ?, timeline = ? WHERE number = 1");
    insertRooms = schema.sql("INSERT INTO @room (id, number) " + rows(2));
    insertEvents = schema.sql("""
        INSERT INTO @event (position, room, kind, depth, has_depth, top_depth, high_depth, high_position, room_id,
          sender, subject, id, type, state_key, origin_server_ts, redacts, membership, visibility,
          backfill_visibility, age_since, room_version, replaces, changes, subject_knows, sets_state, redacted, json,
          rel_type, relates_to)
        """) + rows(29);
    insertGaps = schema.sql("INSERT INTO @timeline_gap (room, position) " + rows(2));
    closeEntries = schema.sql("""
        UPDATE @state_entry s SET until = a.until FROM unnest(?, ?, ?, ?) a (room, entry, since, until)
        WHERE s.room = a.room AND s.entry = a.entry AND s.since = a.since""");
    insertEntries =
        schema.sql("INSERT INTO @state_entry (room, entry, since, until, event) " + rows(5));
    closeMembers = schema.sql("""
        UPDATE @member m SET until = a.until FROM unnest(?, ?, ?, ?) a (subject, room, since, until)
        WHERE m.subject = a.subject AND m.room = a.room AND m.since = a.since""");
    insertMembers = schema.sql(
        "INSERT INTO @member (subject, room, room_id, since, until, before, after, event) "
            + rows(8));
    insertVisibilities = schema.sql(
        "INSERT INTO @visibility (room, since, before, after, event, boundary) " + rows(6));
    deleteRedactions = schema.sql("""
        DELETE FROM @redaction x USING unnest(?, ?) a (room, target)
        WHERE x.room = a.room AND x.target = a.target""");
    insertRedactions = schema.sql("""
        INSERT INTO @redaction SELECT a.target, e.* FROM unnest(?, ?) a (target, position)
        JOIN @event e ON e.position = a.position""");
    markRedacted = schema.sql("""
        UPDATE @event e SET redacted = true FROM unnest(?, ?) a (room, target)
        CROSS JOIN LATERAL (SELECT position, room, redacted FROM @event WHERE id = a.target AND kind <> 1 LIMIT 1) t
        WHERE e.position = t.position AND t.room = a.room AND NOT t.redacted""");
    markStateSetters = schema.sql("UPDATE @event SET sets_state = true WHERE position = ANY (?)");
    repointEntries = schema.sql("""
        UPDATE @state_entry s SET event = a.live FROM unnest(?, ?, ?, ?) a (room, entry, outlier, live)
        WHERE s.room = a.room AND s.entry = a.entry AND s.event = a.outlier""");
  }

  /** Adds the statements that write these rows. */
  void addTo(Statements statements, NewRows rows) {
    addHead(statements, rows.state);
    if (rows.isEmpty()) {
      return;
    }
    statements.add(insertEvents, eventColumns(rows.events));
    if (!rows.gaps.isEmpty()) {
      statements.add(
          insertGaps,
          longs(each(rows.gaps, NewRows.Gap::room)),
          longs(each(rows.gaps, NewRows.Gap::position)));
    }
    addEntries(statements, rows);
    addMembers(statements, rows);
    List<NewRows.VisibilityRow> shown = rows.visibilities;
    if (!shown.isEmpty()) {
      statements.add(
          insertVisibilities,
          longs(each(shown, NewRows.VisibilityRow::room)),
          longs(each(shown, row -> row.change().position())),
          shorts(each(shown, row -> EnumCodec.number(row.change().before()))),
          shorts(each(shown, row -> EnumCodec.number(row.change().after()))),
          texts(each(shown, row -> row.change().event().map(EventId::value).orElse(null))),
          booleans(each(shown, row -> row.change().boundary())));
    }
    addRedactions(statements, rows);
    if (!rows.stateSetters.isEmpty()) {
      statements.add(markStateSetters, longs(List.copyOf(rows.stateSetters)));
    }
  }

  private void addHead(Statements statements, StoredState state) {
    StreamHead head = state.head;
    if (head.servers().isNew()) {
      Servers.Server server = head.servers().present();
      statements.add(jump, head.floor(), head.backfillFloor(), server.cluster(), server.timeline());
    }
    if (!state.newRooms.isEmpty()) {
      statements.add(
          insertRooms,
          texts(state.newRooms.keySet(), RoomId::value),
          longs(each(state.newRooms.values(), RoomNow::number)));
    }
  }

  private void addEntries(Statements statements, NewRows rows) {
    if (!rows.closedEntries.isEmpty()) {
      List<EntryRow> closed = List.copyOf(rows.closedEntries);
      statements.add(
          closeEntries,
          longs(each(closed, row -> rows.state.room(row.key.room()).number())),
          bytes(each(closed, RowWriter::entry)),
          longs(each(closed, row -> row.since)),
          longs(each(closed, row -> row.until)));
    }
    List<Map.Entry<KnownEvent, Long>> live = rows.becameLive.entrySet().stream()
        .filter(row -> row.getKey().fields().stateKey() != null)
        .toList();
    if (!live.isEmpty()) {
      statements.add(
          repointEntries,
          longs(each(live, row -> rows.state.room(row.getKey().fields().room()).number())),
          bytes(each(live, row -> entry(row.getKey().fields()))),
          longs(each(live, row -> row.getKey().position())),
          longs(each(live, Map.Entry::getValue)));
    }
    if (!rows.entries.isEmpty()) {
      statements.add(
          insertEntries,
          longs(each(rows.entries, row -> rows.state.room(row.key.room()).number())),
          bytes(each(rows.entries, RowWriter::entry)),
          longs(each(rows.entries, row -> row.since)),
          longs(each(rows.entries, row -> row.until)),
          longs(each(
              rows.entries,
              row -> rows.state.event(row.event.id()).orElseThrow().position())));
    }
  }

  private static byte[] entry(EntryRow row) {
    return TextCodec.digest(row.key.type(), row.key.stateKey());
  }

  private static byte[] entry(KnownEvent.Fields event) {
    return TextCodec.digest(event.type(), Objects.requireNonNull(event.stateKey()));
  }

  private void addMembers(Statements statements, NewRows rows) {
    if (!rows.closedMembers.isEmpty()) {
      List<MemberRow> closed = List.copyOf(rows.closedMembers);
      statements.add(
          closeMembers,
          texts(closed, row -> row.key.user().value()),
          longs(each(closed, row -> rows.state.room(row.key.room()).number())),
          longs(each(closed, row -> row.since)),
          longs(each(closed, row -> row.until)));
    }
    if (!rows.members.isEmpty()) {
      List<MemberRow> members = rows.members;
      statements.add(
          insertMembers,
          texts(members, row -> row.key.user().value()),
          longs(each(members, row -> rows.state.room(row.key.room()).number())),
          texts(members, row -> row.key.room().value()),
          longs(each(members, row -> row.since)),
          longs(each(members, row -> row.until)),
          shorts(each(members, row -> EnumCodec.number(change(row).before()))),
          shorts(each(members, row -> EnumCodec.number(row.after))),
          texts(each(members, row -> change(row).event().map(EventId::value).orElse(null))));
    }
  }

  private static MemberChange change(MemberRow row) {
    return Objects.requireNonNull(row.change);
  }

  private void addRedactions(Statements statements, NewRows rows) {
    List<NewRows.RedactionRow> added = List.copyOf(rows.redactions.values());
    if (added.isEmpty()) {
      return;
    }
    if (!rows.overruled.isEmpty()) {
      statements.add(
          deleteRedactions,
          longs(each(rows.overruled, key -> rows.state.room(key.room()).number())),
          texts(rows.overruled, key -> key.target().value()));
    }
    statements.add(
        insertRedactions,
        texts(added, row -> row.target().value()),
        longs(each(added, NewRows.RedactionRow::position)));
    Object rooms = longs(each(added, NewRows.RedactionRow::room));
    Object targets = texts(added, row -> row.target().value());
    statements.add(markRedacted, rooms, targets);
    statements.add(markRedacted.replace("kind <> 1", "kind = 1"), rooms, targets);
  }

  private static Object[] eventColumns(List<NewEvent> rows) {
    return new Object[] {
      longs(each(rows, row -> row.stored.position())),
      longs(each(rows, row -> row.room)),
      shorts(each(rows, row -> EnumCodec.number(row.stored.kind()))),
      longs(each(rows, row -> row.stored.depth())),
      booleans(each(rows, row -> row.stored.event().depth().isPresent())),
      longs(each(rows, row -> row.topDepth)),
      longs(each(rows, NewEvent::highDepth)),
      longs(each(rows, NewEvent::highPosition)),
      texts(events(rows, event -> event.room().value())),
      texts(events(rows, event -> event.sender().value())),
      texts(events(rows, event -> event.subject().map(user -> user.value()).orElse(null))),
      texts(events(rows, event -> event.id().value())),
      bytes(events(rows, event -> TextCodec.encode(event.type()))),
      bytes(events(rows, event -> TextCodec.encodeNullable(event.stateKey().orElse(null)))),
      longs(events(rows, RoomEvent::originServerTs)),
      texts(events(rows, event -> event.redacts().map(EventId::value).orElse(null))),
      shorts(events(rows, event -> event.membership().map(RowWriter::number).orElse(null))),
      shorts(
          events(rows, event -> event.historyVisibility().map(RowWriter::number).orElse(null))),
      shorts(each(rows, row -> row.stored.visibility().map(RowWriter::number).orElse(null))),
      longs(events(rows, event -> event.ageSince().map(Instant::toEpochMilli).orElse(null))),
      bytes(events(
          rows,
          event -> TextCodec.encodeNullable(
              event.roomVersion().map(RoomVersion::value).orElse(null)))),
      texts(each(rows, row -> row.stored.replaces().map(EventId::value).orElse(null))),
      bytes(each(rows, RowWriter::changes)),
      booleans(each(rows, row -> row.stored.subjectKnows())),
      booleans(each(rows, row -> row.setsState)),
      booleans(each(rows, row -> row.redacted)),
      bytes(events(rows, event -> event.json().toByteArray())),
      bytes(events(
          rows,
          event ->
              TextCodec.encodeNullable(event.relation().map(Relation::relType).orElse(null)))),
      texts(
          events(rows, event -> event.relation().map(to -> to.target().value()).orElse(null)))
    };
  }

  private static byte @Nullable [] changes(NewEvent row) {
    StoredEvent stored = row.stored;
    return ChangesCodec.encode(stored.event(), stored.changes());
  }

  private static Short number(Enum<?> value) {
    return EnumCodec.number(value);
  }

  private static <C> List<@Nullable C> events(
      List<NewEvent> rows, Function<RoomEvent, @Nullable C> column) {
    return each(rows, row -> column.apply(row.stored.event()));
  }

  private static <R, C> List<@Nullable C> each(
      Collection<R> rows, Function<R, @Nullable C> column) {
    List<@Nullable C> values = new ArrayList<>(rows.size());
    for (R row : rows) {
      values.add(column.apply(row));
    }
    return values;
  }
}
