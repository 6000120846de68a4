package io.github.matrixsync.store.postgres.internal.ephemeral;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.postgres.internal.entry.CoalescingRole;
import io.github.matrixsync.store.postgres.internal.entry.EntryReads;
import io.github.matrixsync.store.postgres.internal.entry.TableWriter;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;

/** The account data on PostgreSQL. Thread-safe. */
public final class AccountDataRole extends CoalescingRole<UserId, AccountDataChange>
    implements SettableAccountDataStore {
  private final TableWriter<AccountDataChange, AccountDataTable.Key, AccountDataChange, Long>
      writer;

  /** Opens the role. */
  public AccountDataRole(Database database, Schema schema, Heads heads, Hints hints) {
    this(new AccountDataTable(schema), database, schema, heads, hints);
  }

  private AccountDataRole(
      AccountDataTable table, Database database, Schema schema, Heads heads, Hints hints) {
    super(
        StreamNumber.ACCOUNT_DATA,
        heads,
        hints,
        new EntryReads<>(
            database,
            schema,
            StreamNumber.ACCOUNT_DATA,
            new EntryReads.Form<>(AccountDataTable.COLUMNS, UserId::value, table)));
    writer = new TableWriter<>(database, schema, table);
  }

  @Override
  public long set(AccountDataChange entry) {
    requireOpen();
    TableWriter.Written<AccountDataTable.Key, AccountDataChange, Long> written =
        writer.write(entry);
    written(written.draft());
    return written.result();
  }
}
