package io.github.matrixsync.store.postgres.internal.sql;

import io.github.matrixsync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/**
 * Runs work on connections of the host's data source, and leaves each as it was given. Connections may have autocommit
 * off, any isolation and any search path. One that is in a transaction is refused: the transaction is somebody else's.
 * Thread-safe.
 */
public final class Database {
  /** The server may be silent for as long as it likes. */
  public static final Duration UNLIMITED = Duration.ZERO;

  /** More than the server gives a writing statement, and enough for the longest read. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final DataSource source;
  private final int silence;

  public Database(DataSource source) {
    this(source, SILENCE);
  }

  /**
   * Makes a database.
   *
   * @param silence how long the server may be silent on a connection for which the host set no limit; a server that is
   *     gone without a word would be waited for without end
   */
  public Database(DataSource source, Duration silence) {
    this.source = source;
    this.silence = (int) silence.toMillis();
  }

  /**
   * Runs a read.
   *
   * @param what names the work in errors
   * @throws StoreException if it failed
   */
  public <R> R read(String what, SqlWork<R> work) {
    try {
      return run(work, false);
    } catch (SQLException e) {
      throw Failures.failed(what, e);
    }
  }

  /**
   * Runs a write in a transaction, which the work itself commits with its last statement; what it did not commit is
   * rolled back.
   *
   * @throws SQLException as the work or the connection threw it
   */
  public <R> R transaction(SqlWork<R> work) throws SQLException {
    return run(work, true);
  }

  private <R> R run(SqlWork<R> work, boolean isTransaction) throws SQLException {
    try (Connection connection = source.getConnection()) {
      requireIdle(connection);
      boolean autoCommit = connection.getAutoCommit();
      boolean isUnlimited = connection.unwrap(PgConnection.class).getNetworkTimeout() == 0;
      try {
        if (isUnlimited) {
          limit(connection, silence);
        }
        if (autoCommit && isTransaction) {
          connection.setAutoCommit(false);
        }
        R result = work.on(connection);
        leaveAsGiven(connection, autoCommit, isUnlimited);
        return result;
      } catch (SQLException | RuntimeException e) {
        try {
          leaveAsGiven(connection, autoCommit, isUnlimited);
        } catch (SQLException lost) {
          e.addSuppressed(lost);
        }
        throw e;
      }
    }
  }

  private static void limit(Connection connection, int silence) throws SQLException {
    connection.unwrap(PgConnection.class).setNetworkTimeout(Runnable::run, silence);
  }

  private static void leaveAsGiven(Connection connection, boolean autoCommit, boolean isUnlimited)
      throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    if (connection.getAutoCommit() != autoCommit) {
      connection.setAutoCommit(autoCommit);
    }
    if (isUnlimited) {
      limit(connection, 0);
    }
  }

  private static void requireIdle(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(PgConnection.class)) {
      throw new SQLException("the data source gives no connections of the PostgreSQL driver, but "
          + connection.getClass());
    }
    TransactionState state = connection.unwrap(PgConnection.class).getTransactionState();
    if (state != TransactionState.IDLE) {
      throw new SQLException("the data source gave a connection that is in a transaction", "25001");
    }
  }
}
