package io.github.matrixsync.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database of a test class: a pool of connections that can be made to fail, and a new schema for every store. */
final class TestDatabase implements AutoCloseable {
  private final HikariDataSource pool;
  private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();

  private final HeldCommits commits = new HeldCommits();

  TestDatabase() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(TestServer.dataSource());
    config.setMaximumPoolSize(20);
    config.setMinimumIdle(1);
    pool = new HikariDataSource(config);
  }

  /** Returns the pool; taking a connection fails while the database is made to fail. */
  DataSource dataSource() {
    return new FailingDataSource();
  }

  /** Makes a schema with empty tables and returns its name. */
  String newSchema() {
    String schema = TestServer.newSchema();
    PostgresSchema.migrate(pool, schema);
    return schema;
  }

  /** Opens a store on a new schema. */
  PostgresStore open() {
    return open(newSchema());
  }

  /** Opens a store on a schema. */
  PostgresStore open(String schema) {
    return PostgresStore.builder(dataSource()).schema(schema).open();
  }

  /** Opens a store on a schema that knows of other nodes' news only where it writes or is asked to refresh. */
  PostgresStore openUnhearing(String schema) {
    return PostgresStore.builder(dataSource())
        .schema(schema)
        .hints(false)
        .lookInterval(Duration.ofHours(1))
        .open();
  }

  /** Runs a write, and something else before its commit, when its rows are written. */
  void beforeCommit(Runnable beforeCommit, Runnable write) {
    commits.before(beforeCommit, write);
  }

  /** Runs a write whose commit gets no answer, and something else before the store knows of that. */
  void loseAnswer(Runnable afterCommit, Runnable write) {
    commits.loseAnswer(afterCommit, write);
  }

  void fail() {
    failure.set(new SQLException("connection refused", "08001"));
  }

  void mend() {
    failure.set(null);
  }

  @Override
  public void close() {
    pool.close();
  }

  private final class FailingDataSource implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      SQLException thrown = failure.get();
      if (thrown != null) {
        throw thrown;
      }
      return commits.watched(pool.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
      return pool.isWrapperFor(type);
    }
  }
}
