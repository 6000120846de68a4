package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresStoreTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Test
  void open_noTables_namesTheFiles() {
    String schema = TestServer.newSchema();

    assertThatThrownBy(() -> DATABASE.open(schema))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(schema)
        .hasMessageContaining("V001__streams_and_events.sql")
        .hasMessageContaining("V003__sync.sql");
  }

  @Test
  void open_olderTables_namesTheFilesThatAreMissing() throws SQLException {
    String schema = DATABASE.newSchema();
    execute("DELETE FROM " + schema + ".schema_version WHERE version = 3");

    assertThatThrownBy(() -> DATABASE.open(schema))
        .hasMessageContaining("V003__sync.sql")
        .hasMessageNotContaining("V001");
  }

  @Test
  void open_newerTables_saysWhichVersionsAreKnown() throws SQLException {
    String schema = DATABASE.newSchema();
    execute("INSERT INTO " + schema + ".schema_version (version) VALUES (99)");

    assertThatThrownBy(() -> DATABASE.open(schema))
        .hasMessageContaining("99")
        .hasMessageContaining("V003");
    assertThatThrownBy(() -> PostgresSchema.migrate(DATABASE.dataSource(), schema))
        .hasMessageContaining("99");
  }

  @Test
  void open_rightsMissing_namesThem() throws SQLException {
    String schema = DATABASE.newSchema();
    execute("CREATE ROLE " + schema + " LOGIN PASSWORD 'secret'");
    execute("GRANT USAGE ON SCHEMA " + schema + " TO " + schema);
    execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + schema);
    execute("REVOKE DELETE ON " + schema + ".redaction FROM " + schema);
    PGSimpleDataSource source = (PGSimpleDataSource) TestServer.dataSource();
    source.setUser(schema);
    source.setPassword("secret");

    assertThatThrownBy(() -> PostgresStore.builder(source).schema(schema).open())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("redaction DELETE")
        .hasMessageNotContaining("redaction UPDATE");
  }

  @Test
  void migrate_manyNodesAtOnce_tablesAreMadeOnce() throws Exception {
    String schema = TestServer.newSchema();
    ExecutorService nodes = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> node = () -> {
        PostgresSchema.migrate(DATABASE.dataSource(), schema);
        return true;
      };
      for (Future<Boolean> each :
          nodes.invokeAll(List.of(node, node, node, node, node, node, node, node))) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      nodes.shutdownNow();
    }
    DATABASE.open(schema).close();
  }

  @Test
  void builder_oddSchemaName_isRefused() {
    for (String name : List.of("", "1a", "Abc", "a-b", "a\"b", "a".repeat(41))) {
      assertThatThrownBy(() -> PostgresSchema.migrate(DATABASE.dataSource(), name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void jumpPositions_nextAppend_leavesAMillionOut() {
    String schema = DATABASE.newSchema();
    try (PostgresStore store = DATABASE.open(schema)) {
      long before = append(store, "a");
      PostgresSchema.jumpPositions(DATABASE.dataSource(), schema);

      assertThat(append(store, "b")).isEqualTo(before + 1_000_001);
      assertThat(append(store, "c")).isEqualTo(before + 1_000_002);
      assertThat(Sample.names(Sample.log(store.events()))).containsExactly("a", "b", "c");
    }
  }

  @Test
  void append_hostsTransaction_isStoredWithTheHostsOwnRows() throws SQLException {
    try (PostgresStore store = DATABASE.open();
        Connection connection = DATABASE.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      store.events().append(connection, List.of(Append.live(Sample.message("a"))));
      connection.rollback();
      store.events().append(connection, List.of(Append.live(Sample.message("b"))));
      connection.commit();
      store.events().committed();

      assertThat(Sample.names(Sample.log(store.events()))).containsExactly("b");
    }
  }

  @Test
  void append_hostsTransactionOfAnotherIsolation_isRefusedAndNothingIsWritten()
      throws SQLException {
    try (PostgresStore store = DATABASE.open();
        Connection connection = DATABASE.dataSource().getConnection()) {
      List<Append> batch = List.of(Append.live(Sample.message("a")));
      assertThatThrownBy(() -> store.events().append(connection, batch))
          .isInstanceOf(IllegalStateException.class);

      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThatThrownBy(() -> store.events().append(connection, batch))
          .isInstanceOf(IllegalStateException.class);
      connection.commit();
      store.events().refresh();

      assertThat(store.events().watermark()).isZero();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
  }

  private static long append(PostgresStore store, String name) {
    return store.events().append(List.of(Append.live(Sample.message(name)))).get(0);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
