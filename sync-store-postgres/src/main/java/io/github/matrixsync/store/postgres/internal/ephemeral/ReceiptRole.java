package io.github.matrixsync.store.postgres.internal.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.postgres.internal.entry.CoalescingRole;
import io.github.matrixsync.store.postgres.internal.entry.EntryReads;
import io.github.matrixsync.store.postgres.internal.entry.Millis;
import io.github.matrixsync.store.postgres.internal.entry.TableWriter;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;

/** The receipts on PostgreSQL. Thread-safe. */
public final class ReceiptRole extends CoalescingRole<RoomId, ReceiptChange>
    implements SettableReceiptStore {
  private final TableWriter<ReceiptChange, ReceiptTable.Key, ReceiptChange, Long> writer;

  /** Opens the role. */
  public ReceiptRole(Database database, Schema schema, Heads heads, Hints hints) {
    this(new ReceiptTable(schema), database, schema, heads, hints);
  }

  private ReceiptRole(
      ReceiptTable table, Database database, Schema schema, Heads heads, Hints hints) {
    super(
        StreamNumber.RECEIPTS,
        heads,
        hints,
        new EntryReads<>(
            database,
            schema,
            StreamNumber.RECEIPTS,
            new EntryReads.Form<>(ReceiptTable.COLUMNS, RoomId::value, table)));
    writer = new TableWriter<>(database, schema, table);
  }

  @Override
  public long set(ReceiptChange receipt) {
    requireOpen();
    Millis.check(receipt.at());
    TableWriter.Written<ReceiptTable.Key, ReceiptChange, Long> written = writer.write(receipt);
    written(written.draft());
    return written.result();
  }
}
