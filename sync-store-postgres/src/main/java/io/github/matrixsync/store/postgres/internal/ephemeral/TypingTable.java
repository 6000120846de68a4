package io.github.matrixsync.store.postgres.internal.ephemeral;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.postgres.internal.entry.Draft;
import io.github.matrixsync.store.postgres.internal.entry.EntryTable;
import io.github.matrixsync.store.postgres.internal.entry.SetTable;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is typing in rooms. Every changed row has the earliest deadline of all rooms, so that it is read from the latest
 * revision: the low end of the index of deadlines is full of rows that are gone. Immutable.
 */
final class TypingTable implements EntryTable<TypingOrder, RoomId, TypingRow, Boolean> {
  /** The columns that readers need. */
  static final List<String> COLUMNS = List.of("room", "position", "users");

  private static final List<String> WRITTEN =
      List.of("room", "position", "revision", "users", "deadlines", "until", "next_until");

  private final String rows;
  private final String other;
  private final String upsert;

  TypingTable(Schema schema) {
    String latest = "until >= (SELECT next_until FROM @typing ORDER BY revision DESC LIMIT 1)";
    String columns = "SELECT room, position, revision, users, deadlines FROM @typing WHERE ";
    rows = schema.sql(columns + "room = ANY (?) UNION ALL " + columns + "until <= ? AND " + latest
        + " AND NOT room = ANY (?)");
    other = schema.sql(
        "SELECT min(until) FROM @typing WHERE until > ? AND " + latest + " AND NOT room = ANY (?)");
    upsert = schema.sql(SetTable.upsert("typing", WRITTEN, """
        SELECT room, position, revision, users::text[], deadlines::bigint[], until, ?::bigint
        FROM unnest(?, ?, ?, ?, ?, ?) a (room, position, revision, users, deadlines, until)""", List.of("room")));
  }

  @Override
  public StreamNumber stream() {
    return StreamNumber.TYPING;
  }

  @Override
  public String revision() {
    return "(SELECT max(revision) FROM @typing)";
  }

  @Override
  public void addReads(Statements statements, List<TypingOrder> orders) {
    Set<RoomId> rooms = new LinkedHashSet<>();
    long now = Long.MIN_VALUE;
    for (TypingOrder order : orders) {
      if (order instanceof TypingOrder.Start start) {
        rooms.add(start.room());
      } else if (order instanceof TypingOrder.Stop stop) {
        rooms.add(stop.room());
      } else if (order instanceof TypingOrder.Expire expire) {
        now = Math.max(now, expire.now());
      }
    }
    Object named = texts(rooms, RoomId::value);
    statements.add(rows, named, now, named).add(other, now, named);
  }

  @Override
  public void read(Results results, Draft<RoomId, TypingRow> draft) throws SQLException {
    ResultSet row = results.next();
    while (row.next()) {
      TypingRow read = new TypingRow(
          RoomId.parse(row.getString(1)),
          row.getLong(2),
          row.getLong(3),
          users(row, 4),
          List.of((Long[]) row.getArray(5).getArray()));
      draft.read(read.room(), read);
    }
    ResultSet least = results.next();
    if (least.next()) {
      long deadline = least.getLong(1);
      draft.otherDeadline(least.wasNull() ? Long.MAX_VALUE : deadline);
    }
  }

  /** Reads an array of users. */
  static List<UserId> users(ResultSet row, int column) throws SQLException {
    return Arrays.stream((String[]) row.getArray(column).getArray())
        .map(UserId::parse)
        .toList();
  }

  /** Returns whether anything changed. */
  @Override
  public Boolean apply(TypingOrder order, Draft<RoomId, TypingRow> draft) {
    if (order instanceof TypingOrder.Start start) {
      TypingRow row = row(draft, start.room());
      return change(draft, row, row.with(start.user(), start.deadline()));
    }
    if (order instanceof TypingOrder.Stop stop) {
      TypingRow row = row(draft, stop.room());
      return change(draft, row, row.without(stop.user()));
    }
    boolean isChange = false;
    long now = ((TypingOrder.Expire) order).now();
    for (TypingRow row : draft.rows()) {
      isChange |= change(draft, row, row.after(now));
    }
    return isChange;
  }

  private static TypingRow row(Draft<RoomId, TypingRow> draft, RoomId room) {
    TypingRow row = draft.get(room);
    return row == null ? TypingRow.of(room) : row;
  }

  private static boolean change(Draft<RoomId, TypingRow> draft, TypingRow before, TypingRow after) {
    if (after.equals(before)) {
      return false;
    }
    long position = after.users().equals(before.users()) ? before.position() : draft.nextPosition();
    draft.put(after.room(), after.at(position, draft.nextRevision()));
    return true;
  }

  /** Returns the earliest deadline of all rooms; null if nobody is typing. */
  static @Nullable Long nextDeadline(Draft<RoomId, TypingRow> draft) {
    long next = draft.otherDeadline();
    for (TypingRow row : draft.rows()) {
      next = Math.min(next, row.until());
    }
    return next == Long.MAX_VALUE ? null : next;
  }

  @Override
  public void addRows(
      Statements statements, Draft<RoomId, TypingRow> draft, Collection<TypingRow> changed) {
    List<@Nullable Long> until = new ArrayList<>();
    changed.forEach(row -> until.add(row.until() == Long.MAX_VALUE ? null : row.until()));
    statements.add(
        upsert,
        nextDeadline(draft),
        texts(changed, row -> row.room().value()),
        longs(changed.stream().map(TypingRow::position).toList()),
        longs(changed.stream().map(TypingRow::revision).toList()),
        texts(
            changed,
            row -> Statements.literal(row.users().stream().map(UserId::value).toList())),
        texts(
            changed,
            row ->
                Statements.literal(row.deadlines().stream().map(String::valueOf).toList())),
        longs(until));
  }

  @Override
  public Plan.Outcome find(RoomId room, TypingRow row, Draft<RoomId, TypingRow> later) {
    TypingRow present = later.get(room);
    if (present == null || present.revision() < row.revision()) {
      return Plan.Outcome.NOT_STORED;
    }
    return present.equals(row) ? Plan.Outcome.STORED : Plan.Outcome.OVERWRITTEN;
  }
}
