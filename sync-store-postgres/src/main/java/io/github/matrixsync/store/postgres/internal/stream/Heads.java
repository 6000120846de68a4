package io.github.matrixsync.store.postgres.internal.stream;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the heads of all streams in one statement, and moves the watermarks there. Thread-safe. */
public final class Heads {
  private final Database database;
  private final String sql;
  private final Watermark events = new Watermark();
  private final AtomicLong backfilledTo = new AtomicLong();

  public Heads(Database database, Schema schema) {
    this.database = database;
    sql = schema.sql("""
        SELECT greatest(s.floor, s.retained, (SELECT max(position) FROM @event)),
          least(s.backfill_floor, (SELECT min(position) FROM @event)), s.retained
        FROM @stream s WHERE s.number = 1""");
  }

  /** Returns the watermark of the room events. */
  public Watermark events() {
    return events;
  }

  /** Returns the lowest position of backfill that this node knows of. */
  public long backfilledTo() {
    return backfilledTo.get();
  }

  /** Moves the lowest known position of backfill down. */
  public void backfilledTo(long known) {
    backfilledTo.accumulateAndGet(known, Math::min);
  }

  /**
   * Reads the heads, and tells the listeners of those that advanced.
   *
   * @throws StoreException if reading failed
   */
  public void look() {
    long head = database.read("looking at the heads", connection -> {
      try (Results results = new Statements(sql).execute(connection)) {
        ResultSet row = results.next();
        if (!row.next()) {
          throw new SQLException("the table of streams has no row for the events");
        }
        backfilledTo(row.getLong(2));
        events.retain(row.getLong(3));
        return row.getLong(1);
      }
    });
    events.advanceTo(head);
  }
}
