package io.github.matrixsync.store.postgres.internal.device;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.postgres.internal.entry.Draft;
import io.github.matrixsync.store.postgres.internal.entry.TableWriter;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.timeline.SettableNotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The unread counts on PostgreSQL. Changes of counts form a stream, so that listeners are called on every node.
 * Thread-safe.
 */
public final class UnreadCountRole implements SettableNotificationCounts {
  private record Found(RoomId room, UnreadCounts counts) {}

  private final TableWriter<
          UnreadCountTable.Order, UnreadCountTable.Place, UnreadCountTable.Row, Boolean>
      writer;
  private final PlainTables tables;
  private final ChangeListeners<RoomId> listeners;
  private final Hints hints;
  private final String select;

  /** Opens the role. */
  public UnreadCountRole(Database database, Schema schema, Heads heads, Hints hints) {
    this.hints = hints;
    writer = new TableWriter<>(database, schema, new UnreadCountTable(schema));
    tables = new PlainTables(database, schema);
    listeners = new ChangeListeners<>(
        database,
        schema,
        heads,
        new ChangeListeners.Entries<>(StreamNumber.UNREAD_COUNTS, "room", RoomId::parse));
    select = tables.query("SELECT room, " + UnreadCountTable.COUNTS
        + " FROM @unread_count WHERE subject = ? AND room = ANY (?)");
  }

  @Override
  public Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> rooms, long upTo) {
    tables.requireOpen();
    Set<RoomId> asked = new HashSet<>(rooms);
    if (asked.isEmpty()) {
      return Map.of();
    }
    Map<RoomId, UnreadCounts> counts = new HashMap<>();
    asked.forEach(room -> counts.put(room, UnreadCounts.NONE));
    tables
        .read(
            "reading unread counts",
            row -> new Found(
                RoomId.parse(row.getString(PlainTables.FIRST)),
                UnreadCountTable.counts(row, PlainTables.FIRST + 1)),
            select,
            user.value(),
            texts(asked, RoomId::value))
        .forEach(found -> counts.put(found.room, found.counts));
    return Map.copyOf(counts);
  }

  @Override
  public Registration onChange(BiConsumer<UserId, RoomId> listener) {
    tables.requireOpen();
    return listeners.add(listener);
  }

  @Override
  public void set(UserId user, RoomId room, UnreadCounts counts) {
    tables.requireOpen();
    Draft<UnreadCountTable.Place, UnreadCountTable.Row> draft = writer
        .write(new UnreadCountTable.Order(new UnreadCountTable.Place(user, room), counts))
        .draft();
    listeners.written(draft.floor(), draft.position(), own -> own.tell(user, room));
    if (!draft.changed().isEmpty()) {
      hints.send(StreamNumber.UNREAD_COUNTS, draft.position());
    }
  }

  /** Refuses every later call. */
  public void close() {
    tables.close();
  }
}
