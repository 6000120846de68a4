package io.github.matrixsync.store.postgres.internal.device;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.write.TransactionSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes tables that are not streams. Reads fail on a standby server, which may lag. Writes are idempotent.
 * Thread-safe.
 */
final class PlainTables {
  /** The index of a query's first column in the rows that a {@link RowReader} gets. */
  static final int FIRST = 2;

  /**
   * Reads one row.
   *
   * @param <R> the type of the result of a row
   */
  interface RowReader<R> {
    R read(ResultSet row) throws SQLException;
  }

  private final Database database;
  private final Schema schema;
  private final AtomicBoolean closed = new AtomicBoolean();

  PlainTables(Database database, Schema schema) {
    this.database = database;
    this.schema = schema;
  }

  /** Returns the statement for a query whose first column is never null. */
  String query(String query) {
    return schema.sql("SELECT pg_is_in_recovery(), found.* FROM (SELECT 1) one LEFT JOIN (" + query
        + ") found ON true");
  }

  /**
   * Runs a statement made by {@link #query}.
   *
   * @param what the name of the read in error messages
   * @throws StoreException if the read failed
   */
  <R> List<R> read(String what, RowReader<R> reader, String sql, @Nullable Object... parameters) {
    requireOpen();
    return database.read(what, connection -> {
      try (Results results = new Statements(sql, parameters).execute(connection)) {
        List<R> found = new ArrayList<>();
        ResultSet row = results.next();
        while (row.next()) {
          if (row.getBoolean(1)) {
            throw new SQLException("the server is a standby, which may lag", "25006");
          }
          row.getObject(FIRST);
          if (!row.wasNull()) {
            found.add(reader.read(row));
          }
        }
        return found;
      }
    });
  }

  /** Adds the statements of a write. */
  interface Writing {
    void addTo(Statements statements);
  }

  /**
   * Runs statements in one transaction and one round trip.
   *
   * @param what the name of the write in error messages
   * @throws StoreException if the write failed
   */
  void write(String what, Writing writing) {
    write(what, writing, results -> true);
  }

  /**
   * Runs statements in one transaction and one round trip; the last of them is a query. Returns its first row.
   *
   * @param what names the work in errors
   * @throws StoreException if it failed
   */
  <R> Optional<R> writeAndRead(String what, Writing writing, RowReader<R> reader) {
    return write(what, writing, results -> {
      results.next(); // What the settings return.
      ResultSet row = results.next();
      return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
    });
  }

  private interface ResultsReader<R> {
    R read(Results results) throws SQLException;
  }

  private <R> R write(String what, Writing writing, ResultsReader<R> reader) {
    requireOpen();
    Statements statements = TransactionSettings.own();
    writing.addTo(statements);
    try {
      return database.transaction(connection -> {
        try (Results results = statements.add("COMMIT").execute(connection)) {
          return reader.read(results);
        }
      });
    } catch (SQLException e) {
      throw Failures.isAnswerMissing(e)
          ? Failures.outcomeUnknown(what, e)
          : Failures.failed(what, e);
    }
  }

  void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store is closed");
    }
  }

  /** Refuses every later call. */
  void close() {
    closed.set(true);
  }
}
