package io.github.matrixsync.benchmarks.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The floor of appending: rows of the same size in a table with the same indexes, by plain batched JDBC. It asks nobody
 * which position is next, and keeps no state. Thread-safe.
 */
final class RawInserts {
  private static final int COLUMNS = 27;

  private final DataSource source;
  private final String sql;
  private final AtomicLong position = new AtomicLong();

  /** Makes a table like that of the events of a schema. */
  RawInserts(DataSource source, String schema) throws SQLException {
    this.source = source;
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE " + schema + ".raw_event (LIKE " + schema + ".event INCLUDING ALL)");
    }
    sql = "INSERT INTO " + schema + ".raw_event VALUES (?" + ", ?".repeat(COLUMNS - 1) + ")";
  }

  /** Inserts some rows in one transaction. Returns how many. */
  int insert(int rows) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < rows; i++) {
        set(statement, position.incrementAndGet());
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
      return rows;
    }
  }

  private static void set(PreparedStatement statement, long at) throws SQLException {
    statement.setLong(1, at);
    statement.setLong(2, at % 100);
    statement.setShort(3, (short) 0);
    statement.setLong(4, at);
    statement.setBoolean(5, false);
    statement.setLong(6, at);
    statement.setLong(7, at);
    statement.setLong(8, at);
    statement.setString(9, Samples.room((int) (at % 100)).value());
    statement.setString(10, Samples.USER.value());
    statement.setNull(11, Types.VARCHAR);
    statement.setString(12, "$raw" + at + ":example.org");
    statement.setBytes(13, "m.room.message".getBytes(StandardCharsets.UTF_8));
    statement.setNull(14, Types.BINARY);
    statement.setLong(15, at);
    statement.setNull(16, Types.VARCHAR);
    for (int column = 17; column <= 19; column++) {
      statement.setNull(column, Types.SMALLINT);
    }
    statement.setNull(20, Types.BIGINT);
    statement.setNull(21, Types.BINARY);
    statement.setNull(22, Types.VARCHAR);
    statement.setNull(23, Types.BINARY);
    for (int column = 24; column <= 26; column++) {
      statement.setBoolean(column, false);
    }
    statement.setBytes(27, Samples.json(at).toByteArray());
  }
}
