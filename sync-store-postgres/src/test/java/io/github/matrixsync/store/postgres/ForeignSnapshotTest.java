package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A foreign transaction that stays open while there are many appends, as of a dump or a forgotten session. How much an
 * append and a look read must not grow with their number. The property {@code postgres.appends} sets it. The server is
 * one that does not wait for its disk, because only what is read counts here.
 */
class ForeignSnapshotTest {
  private static final int APPENDS = Integer.getInteger("postgres.appends", 5_000);
  private static final int MEASURED = 200;
  private static final String APPLICATION = "measured";

  @TempDir
  private Path files;

  private OwnServer server;
  private Sessions sessions;

  @BeforeEach
  void start() {
    server = OwnServer.start(files);
    sessions = new Sessions(server.dataSource());
    sessions.execute("ALTER SYSTEM SET fsync = off");
    sessions.execute("SELECT pg_reload_conf()");
    PostgresSchema.migrate(server.dataSource());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void append_foreignTransactionIsOpen_readsNoMoreThanBefore() throws SQLException {
    try (Connection foreign = server.dataSource().getConnection();
        Statement statement = foreign.createStatement()) {
      append("first", MEASURED, true);
      long before = blocksOf("before");
      foreign.setAutoCommit(false);
      foreign.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("SELECT count(*) FROM matrix_sync.event");
      append("between", APPENDS, false);
      long after = blocksOf("after");
      foreign.rollback();

      assertThat(after)
          .as("blocks of %d appends and looks, %d before", MEASURED, before)
          .isLessThanOrEqualTo(before * 3 / 2);
    }
  }

  /** Returns how many blocks of the tables and indexes some appends and looks read. */
  private long blocksOf(String prefix) {
    String blocks =
        "SELECT sum(heap_blks_read + heap_blks_hit + coalesce(idx_blks_read + idx_blks_hit, 0))"
            + " FROM pg_statio_user_tables WHERE schemaname = 'matrix_sync'";
    long before = sessions.number(blocks);
    append(prefix, MEASURED, true);
    return sessions.number(blocks) - before;
  }

  /** Appends one by one, on one connection, which tells what it read when it is closed. */
  private void append(String prefix, int count, boolean isLooking) {
    PGSimpleDataSource source = server.dataSource();
    source.setApplicationName(APPLICATION);
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config);
        PostgresStore store = PostgresStore.builder(pool).hints(false).open()) {
      for (int i = 0; i < count; i++) {
        store.events().append(Sample.live(Sample.message(prefix + i)));
        if (isLooking) {
          store.events().refresh();
        }
      }
    }
    Sessions.await(
        "the connection is closed",
        () -> sessions.number("SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
                + APPLICATION + "'")
            == 0);
  }
}
