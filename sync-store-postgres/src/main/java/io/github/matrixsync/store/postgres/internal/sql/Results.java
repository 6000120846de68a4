package io.github.matrixsync.store.postgres.internal.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The results of statements that were sent together, in their order. Confined to one thread. */
public final class Results implements AutoCloseable {
  private final PreparedStatement statement;
  private boolean isQuery;
  private boolean isFirst = true;

  Results(PreparedStatement statement, boolean isQuery) {
    this.statement = statement;
    this.isQuery = isQuery;
  }

  /** Returns the rows of the next statement that returns rows. */
  public ResultSet next() throws SQLException {
    if (!isFirst) {
      isQuery = statement.getMoreResults();
    }
    isFirst = false;
    while (!isQuery) {
      if (statement.getUpdateCount() == -1) {
        throw new SQLException("the server sent fewer results than were asked for");
      }
      isQuery = statement.getMoreResults();
    }
    return statement.getResultSet();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
