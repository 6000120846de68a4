package io.github.matrixsync.store.postgres.internal.write;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The server at the latest write of a stream, and the one that is written to now. If they differ, the server was
 * promoted or restored since, and positions may have been given out that it does not know: the stream's head then jumps
 * over them.
 *
 * @param recorded the server at the latest write; null if there was none
 */
public record Servers(@Nullable Server recorded, Server present) {
  /** The columns to read, of the row {@code s} of the table of streams. */
  public static final String COLUMNS = """
      s.cluster, s.timeline, (SELECT system_identifier FROM pg_control_system()),
      substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)""";

  /** How far a head jumps: more than an asynchronous standby can lag, or a backup be old. */
  private static final long JUMP = 1_000_000;

  /** A server and the timeline it is on. */
  public record Server(long cluster, String timeline) {}

  /** Reads {@link #COLUMNS}. */
  public static Servers read(ResultSet row, int first) throws SQLException {
    long cluster = row.getLong(first);
    Server recorded = row.wasNull() ? null : new Server(cluster, row.getString(first + 1));
    return new Servers(recorded, new Server(row.getLong(first + 2), row.getString(first + 3)));
  }

  /** Returns whether the present server must be recorded. */
  public boolean isNew() {
    return !present.equals(recorded);
  }

  /** Returns how far the head must jump; 0 if the server is the same, or the first. */
  public long jump() {
    return recorded != null && isNew() ? JUMP : 0;
  }
}
