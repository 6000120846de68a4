package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Transactions that the server refuses: nothing is stored, which is known, and the next one works. */
class RefusedTransactionTest {
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Sessions SESSIONS = new Sessions(TestServer.dataSource());

  private final String schema = DATABASE.newSchema();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void append_deadlockWithTheHostsLocks_oneFailsAndTheOtherIsStored() throws SQLException {
    SESSIONS.execute("CREATE TABLE " + schema + ".hosts AS SELECT 1 AS n");
    try (PostgresStore store = DATABASE.open(schema);
        Connection one = TestServer.dataSource().getConnection();
        Connection two = TestServer.dataSource().getConnection()) {
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      lockRow(one);
      store.events().append(two, Sample.live(Sample.message("two")));
      Sessions.keepOpen(two);
      CompletableFuture<Boolean> second = finishing(two, () -> lockRow(two));
      Sessions.await(
          "the second waits",
          () -> SESSIONS.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
      CompletableFuture<Boolean> first =
          finishing(one, () -> store.events().append(one, Sample.live(Sample.message("one"))));
      boolean isFirstStored = first.join();
      assertThat(isFirstStored).isNotEqualTo(second.join());
      store.events().committed();

      assertThat(Sample.names(Sample.log(store.events())))
          .containsExactly(isFirstStored ? "one" : "two");
      append(store, "next");
    }
  }

  private void lockRow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT n FROM " + schema + ".hosts FOR UPDATE");
    }
  }

  /** Work in a transaction. */
  private interface Work {
    void run() throws SQLException;
  }

  /** Commits after some work, or rolls back if it ended by a deadlock. Returns whether it is committed. */
  private static CompletableFuture<Boolean> finishing(Connection connection, Work work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            try {
              work.run();
              connection.commit();
              return true;
            } catch (SQLException e) {
              assertThat(e.getSQLState()).isEqualTo("40P01");
            } catch (StoreException e) {
              assertThat(e.isOutcomeKnown()).isTrue();
              assertThat(e).hasMessageContaining("40P01");
            }
            connection.rollback();
            return false;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        OwnThread.EACH);
  }

  @Test
  void write_tableIsLockedForLong_failsByTheLimitAndWorksAfterwards() throws SQLException {
    try (PostgresStore store = DATABASE.open(schema);
        Connection foreign = TestServer.dataSource().getConnection();
        Connection host = TestServer.dataSource().getConnection();
        Statement statement = foreign.createStatement()) {
      host.setAutoCommit(false);
      foreign.setAutoCommit(false);
      statement.execute("LOCK TABLE " + schema + ".event IN EXCLUSIVE MODE");
      Stream.<ThrowingCallable>of(() -> append(store, "a"), () -> {
            try {
              store.events().append(host, Sample.live(Sample.message("b")));
            } finally {
              host.rollback();
            }
          })
          .map(write ->
              CompletableFuture.runAsync(() -> assertFails(write, "55P03"), OwnThread.EACH))
          .toList()
          .forEach(CompletableFuture::join);
      foreign.rollback();

      append(store, "c");
      assertThat(Sample.names(Sample.log(store.events()))).containsExactly("c");
    }
  }

  @Test
  void append_serializationFails_nothingIsStored() {
    failsWith("40001");
  }

  @Test
  void append_diskIsFull_nothingIsStored() {
    failsWith("53100");
  }

  @Test
  void append_serverHasNoMemory_nothingIsStored() {
    failsWith("53200");
  }

  @Test
  void append_statementIsCanceled_nothingIsStored() {
    failsWith("57014");
  }

  private void failsWith(String state) {
    SESSIONS.atInsert(schema, "RAISE EXCEPTION 'refused' USING ERRCODE = '" + state + "'");
    try (PostgresStore store = DATABASE.open(schema)) {
      assertFails(() -> append(store, "a"), state);
      SESSIONS.mend(schema);
      SESSIONS.atCommit(schema, "RAISE EXCEPTION 'refused' USING ERRCODE = '" + state + "'");
      assertFails(() -> append(store, "a"), state);
      SESSIONS.mend(schema);
      append(store, "b");

      assertThat(Sample.names(Sample.log(store.events()))).containsExactly("b");
    }
  }

  private static void assertFails(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.isOutcomeKnown()).isTrue())
        .hasMessageContaining(message);
  }

  private static void append(PostgresStore store, String name) {
    assertThat(store.events().append(Sample.live(Sample.message(name)))).hasSize(1);
  }
}
