package io.github.matrixsync.store.postgres.internal.purge;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.TransactionSettings;
import io.github.matrixsync.store.postgres.internal.write.WriteTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Purges the log. First the position is moved from which reads are complete, in a transaction of its own; then rows are
 * removed in steps, each in a transaction that holds the log's lock shortly. A purge that died is continued by the next
 * one. Thread-safe.
 */
public final class Purge {
  private static final int STEP = 5_000;

  private final Database database;
  private final String lock;
  private final String retain;
  private final String next;
  private final String remove;

  public Purge(Database database, Schema schema) {
    this.database = database;
    lock = WriteTransaction.lock(schema, StreamNumber.EVENTS);
    retain = schema.sql("UPDATE @stream SET retained = ? WHERE number = 1 AND retained < ?");
    next = schema.sql("""
        SELECT s.purged, s.retained, coalesce((SELECT position FROM @event
          WHERE position > s.purged AND position <= s.retained ORDER BY position OFFSET %d LIMIT 1), s.retained)
        FROM @stream s WHERE s.number = 1""".formatted(STEP - 1));
    remove = schema.sql("""
        WITH gone AS (
          DELETE FROM @event e WHERE e.position > ? AND e.position <= ?
            AND (NOT e.sets_state OR (e.kind = 1
              AND EXISTS (SELECT 1 FROM @event live WHERE live.id = e.id AND live.kind <> 1)))
          RETURNING e.id, e.position, e.kind, e.room, e.top_depth),
        known AS (
          INSERT INTO @purged_event (id, position) SELECT id, position FROM gone WHERE kind = 0),
        depths AS (
          UPDATE @room r SET purged_depth = d.depth
          FROM (SELECT room, max(top_depth) AS depth FROM gone GROUP BY room) d
          WHERE r.number = d.room AND r.purged_depth < d.depth),
        redactions AS (
          DELETE FROM @redaction x USING gone
          WHERE gone.kind = 0 AND x.room = gone.room AND x.target = gone.id
            AND NOT EXISTS (SELECT 1 FROM @redaction y WHERE y.id = gone.id AND y.room = gone.room))
        UPDATE @stream SET purged = ? WHERE number = 1""");
  }

  /**
   * Drops the log up to and including a position.
   *
   * @param retained is called once reads below the position fail
   * @throws StoreException if purging failed; what was purged stays so
   */
  public void through(long position, Runnable retained) {
    try {
      database.transaction(connection -> retain(connection, position));
      retained.run();
      boolean isMoreLeft = true;
      while (isMoreLeft) {
        isMoreLeft = database.transaction(this::removeStep);
      }
    } catch (SQLException e) {
      throw Failures.failed("purging", e);
    }
  }

  private boolean retain(Connection connection, long position) throws SQLException {
    TransactionSettings.own()
        .add(retain, position, position)
        .add("COMMIT")
        .execute(connection)
        .close();
    return true;
  }

  /** Removes the next rows. Returns whether there may be more. */
  private boolean removeStep(Connection connection) throws SQLException {
    long after;
    long upTo;
    long end;
    try (Results results = TransactionSettings.own().add(lock).add(next).execute(connection)) {
      results.next();
      results.next();
      ResultSet row = results.next();
      if (!row.next()) {
        throw new SQLException("the table of streams has no row for the events");
      }
      after = row.getLong(1);
      end = row.getLong(2);
      upTo = row.getLong(3);
    }
    if (after >= end) {
      return false;
    }
    new Statements(remove, after, upTo, upTo).add("COMMIT").execute(connection).close();
    return upTo < end;
  }
}
