package io.github.matrixsync.store.postgres.internal.stream;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a stream's tables together with the head of the same snapshot. A server whose head is below the
 * position that was asked for has not got all rows: a standby that lags, or one that lost commits. Immutable.
 */
public final class ProvenRead {
  /** The columns before those of the query. */
  public static final int HEAD_COLUMNS = 3;

  /**
   * Reads one row, whose first column is {@link #HEAD_COLUMNS} + 1.
   *
   * @param <R> what a row becomes
   */
  public interface RowReader<R> {
    R read(ResultSet row) throws SQLException;
  }

  private final Database database;
  private final String head;

  public ProvenRead(Database database, Schema schema, StreamNumber stream) {
    this.database = database;
    head = schema.sql("""
        SELECT head.*, found.* FROM (SELECT
            greatest(s.floor, s.retained, (SELECT max(position) FROM @%s)), %s, s.retained
          FROM @stream s WHERE s.number = %d) head (position, backfill, retained)
        LEFT JOIN (""".formatted(
            stream.table(),
            stream == StreamNumber.EVENTS
                ? "least(s.backfill_floor, (SELECT min(position) FROM @event))"
                : "0",
            stream.number()));
  }

  /** Returns the whole statement of a query whose first column is never null. */
  public String with(String query) {
    return head + query + ") found ON true";
  }

  /**
   * Runs a statement made by {@link #with}.
   *
   * @param what names the read in errors
   * @param bounds what the snapshot must reach
   * @throws ExpiredPositionException if the log after the lower bound was purged
   * @throws StoreException if the read failed, or the server does not reach the upper bound
   */
  public <R> List<R> rows(
      String what, Bounds bounds, RowReader<R> reader, String sql, @Nullable Object... parameters) {
    return database.read(what, connection -> {
      try (Results results = new Statements(sql, parameters).execute(connection)) {
        ResultSet row = results.next();
        if (!row.next()) {
          throw new SQLException("the table of streams lacks a row");
        }
        bounds.check(what, row.getLong(1), row.getLong(2), row.getLong(3));
        return read(row, reader);
      }
    });
  }

  private static <R> List<R> read(ResultSet row, RowReader<R> reader) throws SQLException {
    List<R> found = new ArrayList<>();
    row.getObject(HEAD_COLUMNS + 1);
    if (row.wasNull()) {
      return found;
    }
    do {
      found.add(reader.read(row));
    } while (row.next());
    return found;
  }

  /**
   * What a read needs of its snapshot.
   *
   * @param after the position from which the log must be complete; {@link Long#MAX_VALUE} for a read that is not of
   *     the log
   * @param upTo the position up to which it must be known
   * @param backfill the backfill that must be known, 0 or less
   */
  public record Bounds(long after, long upTo, long backfill) {
    public static Bounds upTo(long upTo) {
      return new Bounds(Long.MAX_VALUE, upTo, 0);
    }

    private void check(String what, long head, long lowest, long retained) {
      if (head < upTo || lowest > backfill) {
        throw StoreException.failed(
            what + " failed: the server knows positions from " + lowest + " to " + head
                + ", needed are those from " + backfill + " to " + upTo
                + "; it lags, or has lost what was committed",
            null);
      }
      if (after < retained) {
        throw new ExpiredPositionException(after, retained);
      }
    }
  }
}
