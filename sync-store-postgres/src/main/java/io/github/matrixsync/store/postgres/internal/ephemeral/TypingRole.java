package io.github.matrixsync.store.postgres.internal.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.store.postgres.internal.entry.CoalescingRole;
import io.github.matrixsync.store.postgres.internal.entry.Draft;
import io.github.matrixsync.store.postgres.internal.entry.EntryReads;
import io.github.matrixsync.store.postgres.internal.entry.Millis;
import io.github.matrixsync.store.postgres.internal.entry.TableWriter;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.NextDeadline;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * The typing users of rooms on PostgreSQL. A room in which everyone has stopped keeps its entry, with no users.
 * Thread-safe.
 */
public final class TypingRole extends CoalescingRole<RoomId, TypingChange>
    implements SettableTypingStore {
  private final TableWriter<TypingOrder, RoomId, TypingRow, Boolean> writer;
  private final NextDeadline nextDeadline;

  /** Opens the role. */
  public TypingRole(Database database, Schema schema, Heads heads, Hints hints) {
    super(
        StreamNumber.TYPING,
        heads,
        hints,
        new EntryReads<>(
            database,
            schema,
            StreamNumber.TYPING,
            new EntryReads.Form<>(
                TypingTable.COLUMNS,
                RoomId::value,
                (row, before) -> new TypingChange(
                    row.getLong(before + 2),
                    RoomId.parse(row.getString(before + 1)),
                    TypingTable.users(row, before + 3)))));
    writer = new TableWriter<>(database, schema, new TypingTable(schema));
    nextDeadline = heads.nextDeadline();
  }

  @Override
  public Optional<Instant> nextDeadline() {
    requireOpen();
    return nextDeadline.get();
  }

  @Override
  public void start(RoomId room, UserId user, Instant deadline) {
    write(new TypingOrder.Start(room, user, Millis.of(deadline)));
  }

  @Override
  public void stop(RoomId room, UserId user) {
    write(new TypingOrder.Stop(room, user));
  }

  /** Reads the deadlines of all nodes, whatever this one knows of them. */
  @Override
  public void expire(Instant now) {
    write(new TypingOrder.Expire(Millis.of(now)));
  }

  private void write(TypingOrder order) {
    requireOpen();
    Draft<RoomId, TypingRow> draft = writer.write(order).draft();
    boolean isEarlier = nextDeadline.learn(draft.revision(), TypingTable.nextDeadline(draft));
    written(draft);
    if (isEarlier) {
      watermark.signal();
    }
  }
}
