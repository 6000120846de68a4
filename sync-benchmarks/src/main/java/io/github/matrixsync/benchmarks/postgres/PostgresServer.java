package io.github.matrixsync.benchmarks.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.matrixsync.store.postgres.PostgresSchema;
import io.github.matrixsync.store.postgres.PostgresStore;
import io.github.matrixsync.testkit.http.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The server that is measured: one of its own, with the settings that make it durable, or one that runs already. */
final class PostgresServer implements AutoCloseable {
  private static final int CONNECTIONS = 90;

  private final AtomicInteger schemas = new AtomicInteger();
  private final @Nullable EmbeddedPostgres started;
  private final String address;
  private final HikariDataSource pool;

  /**
   * Starts a server, or connects to one.
   *
   * @param url the address of a server that runs already; null: starts one
   */
  PostgresServer(@Nullable String url) throws Exception {
    EmbeddedPostgres own = url == null ? start() : null;
    started = own;
    address = own == null ? Objects.requireNonNull(url) : own.getJdbcUrl("postgres", "postgres");
    pool = pool(CONNECTIONS);
  }

  private static EmbeddedPostgres start() throws Exception {
    return EmbeddedPostgres.builder()
        .setPort(FreePort.next())
        .setPGStartupWait(Duration.ofMinutes(2))
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("shared_buffers", "512MB")
        .setServerConfig("max_wal_size", "4GB")
        .setServerConfig("max_connections", "120")
        .start();
  }

  DataSource dataSource() {
    return pool;
  }

  /** Makes another pool of connections. */
  HikariDataSource pool(int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }

  /** Makes a schema with empty tables and returns its name. */
  String newSchema() {
    String name = "benchmark_" + ProcessHandle.current().pid() + "_" + schemas.incrementAndGet();
    PostgresSchema.migrate(pool, name);
    return name;
  }

  /** Opens a store on a schema. */
  PostgresStore open(String schema) {
    return open(schema, true);
  }

  /** Opens a store on a schema, with hints or without. Its listener has a connection that is not the pool's. */
  PostgresStore open(String schema, boolean hints) {
    PGSimpleDataSource listener = new PGSimpleDataSource();
    listener.setUrl(address);
    return PostgresStore.builder(pool)
        .listener(listener)
        .schema(schema)
        .hints(hints)
        .open();
  }

  /** Runs statements. */
  void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns the number that a query has. */
  long number(String sql) throws SQLException {
    return number(pool, sql);
  }

  /** Returns the text that a query returns. */
  String text(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Returns the number that a query on a data source has. */
  static long number(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    pool.close();
    if (started != null) {
      started.close();
    }
  }
}
