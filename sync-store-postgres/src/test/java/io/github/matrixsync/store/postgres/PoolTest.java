package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.matrixsync.store.StoreException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.postgresql.core.TransactionState;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgConnection;

/** Data sources whose connections are few, slow, or come in another state than a new connection. */
class PoolTest {
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Sessions SESSIONS = new Sessions(TestServer.dataSource());

  /** What a pool does to a connection before it gives it away. */
  private interface Preparation {
    void of(Connection connection) throws SQLException;
  }

  private interface Closing {
    void close() throws SQLException;
  }

  private final String schema = DATABASE.newSchema();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void append_autocommitIsOff_worksAndStaysOff() {
    assertThat(worksWith(connection -> connection.setAutoCommit(false))).containsOnly(false);
  }

  @Test
  void append_isolationIsAnother_works() {
    worksWith(
        connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
    worksWith(
        connection -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
  }

  @Test
  void append_isolationIsAnotherAndAutocommitOff_works() {
    worksWith(connection -> {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setAutoCommit(false);
    });
  }

  @Test
  void migrate_isolationIsAnotherAndManyNodesAtOnce_tablesAreMadeOnce() {
    String made = TestServer.newSchema();
    DataSource source = new SuppliedSource(() -> {
      Connection connection = TestServer.dataSource().getConnection();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return connection;
    });
    List<CompletableFuture<Void>> nodes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      nodes.add(
          CompletableFuture.runAsync(() -> PostgresSchema.migrate(source, made), OwnThread.EACH));
    }
    nodes.forEach(CompletableFuture::join);

    DATABASE.open(made).close();
  }

  @Test
  void append_searchPathIsAnother_works() {
    worksWith(connection -> execute(connection, "SET search_path = nowhere"));
    worksWith(connection -> execute(connection, "SET search_path = ''"));
  }

  @Test
  void append_connectionIsReadOnly_works() {
    worksWith(connection -> connection.setReadOnly(true));
    worksWith(connection -> execute(connection, "SET default_transaction_read_only = on"));
  }

  @Test
  void append_commitsAreAsynchronous_isSynchronousStill() {
    SESSIONS.atInsert(
        schema,
        "IF current_setting('synchronous_commit') <> 'on' THEN RAISE 'synchronous_commit is off'; END IF");
    worksWith(connection -> execute(connection, "SET synchronous_commit = off"));
  }

  @Test
  void append_connectionIsLeftInATransaction_isRefusedAndTheTransactionIsLeftAlone()
      throws SQLException {
    Connection hosts = TestServer.dataSource().getConnection();
    hosts.setAutoCommit(false);
    try (PostgresStore store = DATABASE.open(schema);
        PostgresStore other = openOn(leaving(hosts))) {
      execute(hosts, "CREATE TABLE " + schema + ".hosts ()");

      assertFails(() -> append(other, "a"), "is in a transaction");
      assertFails(() -> other.events().refresh(), "is in a transaction");
      hosts.commit();
      assertThat(SESSIONS.number("SELECT count(*) FROM " + schema + ".hosts")).isZero();
      assertThat(append(store, "b")).isEqualTo(1);
    }
    hosts.close();
  }

  /** Returns a source that gives new connections until a transaction is open on one, and then that one. */
  private static DataSource leaving(Connection hosts) {
    return new SuppliedSource(
        () -> hosts.unwrap(PgConnection.class).getTransactionState().equals(TransactionState.IDLE)
            ? TestServer.dataSource().getConnection()
            : closing(hosts, () -> {}));
  }

  /** Returns a connection whose end is something else. */
  private static Connection closing(Connection connection, Closing closing) {
    return (Connection) Proxy.newProxyInstance(
        PoolTest.class.getClassLoader(),
        new Class<?>[] {Connection.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("close")) {
            closing.close();
            return null;
          }
          return method.invoke(connection, arguments);
        });
  }

  @Test
  void append_poolIsExhausted_failsAndWorksAfterwards() throws SQLException {
    try (HikariDataSource pool = pool(1, 250);
        PostgresStore store = openOn(pool)) {
      try (Connection held = pool.getConnection()) {
        assertThat(held.isClosed()).isFalse();
        assertFails(() -> append(store, "a"), "not available");
        assertFails(() -> store.events().refresh(), "not available");
        assertThat(store.health().failure().orElseThrow()).contains("not available");
      }
      assertThat(append(store, "a")).isEqualTo(1);
    }
  }

  @Test
  void append_poolIsSlow_works() {
    DataSource slow = new SuppliedSource(() -> {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      return TestServer.dataSource().getConnection();
    });
    try (PostgresStore store = openOn(slow)) {
      List<CompletableFuture<Long>> callers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String name = "a" + i;
        callers.add(CompletableFuture.supplyAsync(() -> append(store, name), OwnThread.EACH));
      }
      assertThat(callers.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
    }
  }

  @Test
  void append_isInterruptedWhileItWaitsForThePool_isStoredAndStaysInterrupted()
      throws SQLException, InterruptedException {
    try (HikariDataSource pool = pool(1, 60_000);
        PostgresStore store = openOn(pool)) {
      CompletableFuture<Long> stored = new CompletableFuture<>();
      CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
      Thread caller = new Thread(() -> {
        try {
          stored.complete(append(store, "a"));
        } catch (RuntimeException e) {
          stored.completeExceptionally(e);
        }
        isInterrupted.complete(Thread.currentThread().isInterrupted());
      });
      try (Connection held = pool.getConnection()) {
        assertThat(held.isClosed()).isFalse();
        caller.start();
        Sessions.await(
            "the caller waits",
            () -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0);
        caller.interrupt();
        Sessions.await("the interrupt is taken", () -> !caller.isInterrupted());
      }
      assertThat(stored.join()).isEqualTo(1);
      assertThat(isInterrupted.join()).isTrue();
      caller.join();
    }
  }

  @Test
  void append_serverHasNoConnectionLeft_failsAndWorksAfterwards() throws SQLException {
    PGSimpleDataSource source = (PGSimpleDataSource) TestServer.dataSource();
    SESSIONS.execute("CREATE ROLE " + schema + "_few LOGIN");
    SESSIONS.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + schema + "_few");
    SESSIONS.execute("GRANT ALL ON ALL TABLES IN SCHEMA " + schema + " TO " + schema + "_few");
    source.setUser(schema + "_few");
    try (PostgresStore store = PostgresStore.builder(source)
        .hints(false)
        .lookInterval(Duration.ofHours(1))
        .schema(schema)
        .open()) {
      SESSIONS.execute("ALTER ROLE " + schema + "_few CONNECTION LIMIT 1");
      AtomicReference<Connection> held = new AtomicReference<>();
      Sessions.await("the only connection is held", () -> connect(source, held));
      assertFails(() -> append(store, "a"), "too many connections");
      assertThat(store.health().failure().orElseThrow()).contains("too many connections");
      held.get().close();
      Sessions.await("appends work again", () -> isAppended(store, "a"));
      assertThat(store.events().watermark()).isEqualTo(1);
    }
  }

  private static boolean isAppended(PostgresStore store, String name) {
    try {
      append(store, name);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private static boolean connect(DataSource source, AtomicReference<Connection> held) {
    try {
      held.set(source.getConnection());
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Returns whether the connections had autocommit when they were given back. */
  private List<Boolean> worksWith(Preparation preparation) {
    List<Boolean> autocommits = new ArrayList<>();
    DataSource source = new SuppliedSource(() -> {
      Connection connection = TestServer.dataSource().getConnection();
      preparation.of(connection);
      return closing(connection, () -> {
        autocommits.add(connection.getAutoCommit());
        connection.close();
      });
    });
    try (PostgresStore store = openOn(source)) {
      String name = "a" + System.nanoTime();
      long position = append(store, name);
      assertThat(append(store, name)).isEqualTo(position);
      assertThat(Sample.read(store.events(), name).position()).isEqualTo(position);
      assertThat(store.events().refresh()).isEqualTo(position);
      store.events().purge(position);
      assertThat(store.events().retainedAfter()).isEqualTo(position);
    }
    return autocommits;
  }

  /** Opens a store that takes no connection but for what it is asked. */
  private PostgresStore openOn(DataSource source) {
    return PostgresStore.builder(source)
        .hints(false)
        .lookInterval(Duration.ofHours(1))
        .schema(schema)
        .open();
  }

  /** Makes a pool. Its time is for waiting: making a connection takes as long as it takes. */
  private static HikariDataSource pool(int size, int milliseconds) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(new SuppliedSource(() -> TestServer.dataSource().getConnection()));
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(milliseconds);
    return new HikariDataSource(config);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertFails(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.isOutcomeKnown()).isTrue())
        .hasMessageContaining(message);
  }

  private static long append(PostgresStore store, String name) {
    return store.events().append(Sample.live(Sample.message(name))).get(0);
  }
}
