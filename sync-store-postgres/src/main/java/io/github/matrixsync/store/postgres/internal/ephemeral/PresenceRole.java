package io.github.matrixsync.store.postgres.internal.ephemeral;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.postgres.internal.entry.CoalescingRole;
import io.github.matrixsync.store.postgres.internal.entry.EntryReads;
import io.github.matrixsync.store.postgres.internal.entry.Millis;
import io.github.matrixsync.store.postgres.internal.entry.TableWriter;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;

/** The presence of users on PostgreSQL. Thread-safe. */
public final class PresenceRole extends CoalescingRole<UserId, PresenceChange>
    implements SettablePresenceStore {
  private final TableWriter<PresenceChange, UserId, PresenceChange, Long> writer;

  /** Opens the role. */
  public PresenceRole(Database database, Schema schema, Heads heads, Hints hints) {
    this(new PresenceTable(schema), database, schema, heads, hints);
  }

  private PresenceRole(
      PresenceTable table, Database database, Schema schema, Heads heads, Hints hints) {
    super(
        StreamNumber.PRESENCE,
        heads,
        hints,
        new EntryReads<>(
            database,
            schema,
            StreamNumber.PRESENCE,
            new EntryReads.Form<>(PresenceTable.COLUMNS, UserId::value, table)));
    writer = new TableWriter<>(database, schema, table);
  }

  @Override
  public long set(PresenceChange presence) {
    requireOpen();
    presence.lastActive().ifPresent(Millis::check);
    TableWriter.Written<UserId, PresenceChange, Long> written = writer.write(presence);
    written(written.draft());
    return written.result();
  }
}
