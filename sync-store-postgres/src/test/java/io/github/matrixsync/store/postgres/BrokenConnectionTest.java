package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An appender whose connection or server process ends before it has the lock, while it holds it, and at commit. */
class BrokenConnectionTest {
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Sessions SESSIONS = new Sessions(TestServer.dataSource());
  private static final TestProxy PROXY = TestProxy.to(TestServer.dataSource());
  private static final ExecutorService CALLERS = Executors.newCachedThreadPool();

  private final String schema = DATABASE.newSchema();

  @AfterAll
  static void close() {
    CALLERS.shutdownNow();
    PROXY.close();
    DATABASE.close();
  }

  @Test
  void append_processEndsWhileItWaitsForTheLock_nothingIsStoredAndOthersGoOn() throws SQLException {
    try (PostgresStore store = DATABASE.open(schema);
        PostgresStore other = DATABASE.open(schema);
        Connection host = TestServer.dataSource().getConnection()) {
      host.setAutoCommit(false);
      other.events().append(host, Sample.live(Sample.message("hosts")));
      Sessions.keepOpen(host);
      CompletableFuture<Long> waiting = appending(store, "a");
      SESSIONS.terminate(SESSIONS.awaitLock(schema, false));

      assertNothingStored(waiting);
      host.commit();
      append(store, "b");
      assertLog(store, "hosts", "b");
    }
  }

  @Test
  void append_processEndsWhileItHoldsTheLock_nothingIsStoredAndOthersGoOn() throws SQLException {
    try (PostgresStore store = DATABASE.open(schema);
        PostgresStore other = DATABASE.open(schema);
        Connection foreign = TestServer.dataSource().getConnection();
        Statement statement = foreign.createStatement()) {
      foreign.setAutoCommit(false);
      statement.execute("LOCK TABLE " + schema + ".event IN SHARE MODE");
      CompletableFuture<Long> holding = appending(store, "a");
      long process = SESSIONS.awaitLock(schema, true);
      CompletableFuture<Long> waiting = appending(other, "b");
      SESSIONS.awaitLock(schema, false);
      SESSIONS.terminate(process);
      foreign.rollback();

      assertNothingStored(holding);
      assertThat(waiting.join()).isEqualTo(1);
      append(store, "a");
      assertLog(store, "b", "a");
    }
  }

  @Test
  void append_processEndsAtCommit_nothingIsStored() {
    SESSIONS.atCommit(schema, "PERFORM pg_sleep(60)");
    try (PostgresStore store = DATABASE.open(schema)) {
      CompletableFuture<Long> committing = appending(store, "a");
      String asleep = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = "
          + SESSIONS.awaitLock(schema, true);
      Sessions.await("the commit is under way", () -> SESSIONS.number(asleep) != 0);
      SESSIONS.terminate(SESSIONS.number(asleep));

      assertNothingStored(committing);
      SESSIONS.mend(schema);
      append(store, "a");
      assertLog(store, "a");
    }
  }

  @Test
  void append_connectionCutBeforeTheCommitArrives_nothingIsStored() {
    try (PostgresStore store = openByProxy();
        PostgresStore other = DATABASE.open(schema)) {
      PROXY.atNextCommit(TestProxy.Commit.CUT_BEFORE, () -> {});

      assertNothingStored(appending(store, "a"));
      append(other, "b");
      append(store, "a");
      assertLog(store, "b", "a");
    }
  }

  @Test
  void append_answerToTheCommitIsLost_isKnownAsStored() {
    try (PostgresStore store = openByProxy()) {
      PROXY.atNextCommit(TestProxy.Commit.CUT_AFTER, () -> {});

      assertThat(append(store, "a")).isEqualTo(1);
      assertThat(append(store, "a")).isEqualTo(1);
      assertLog(store, "a");
    }
  }

  @Test
  void append_commitIsSlowAfterItsClientIsGone_isKnownAsStored() {
    SESSIONS.execute("CREATE TABLE " + schema + ".seen ()");
    SESSIONS.atCommit(
        schema,
        "FOR i IN 1..3000 LOOP EXIT WHEN EXISTS (SELECT FROM " + schema
            + ".seen); PERFORM pg_sleep(0.02); END LOOP; PERFORM pg_sleep(1)");
    AtomicLong seenMeanwhile = new AtomicLong(-1);
    try (PostgresStore store = openByProxy();
        PostgresStore other = DATABASE.open(schema)) {
      PROXY.atNextCommit(TestProxy.Commit.CUT_AFTER, () -> {
        seenMeanwhile.set(SESSIONS.number("SELECT count(*) FROM " + schema + ".event"));
        SESSIONS.execute("INSERT INTO " + schema + ".seen DEFAULT VALUES");
      });

      assertThat(append(store, "a")).isEqualTo(1);
      assertThat(seenMeanwhile).as("who looks without the lock finds nothing").hasValue(0);
      other.events().refresh();
      assertLog(other, "a");
    }
  }

  @Test
  void append_answersToManyCallersAreLost_eachIsKnownAsStored() {
    try (PostgresStore store = openByProxy()) {
      List<CompletableFuture<Long>> callers = new ArrayList<>();
      PROXY.atNextCommit(TestProxy.Commit.CUT_AFTER, () -> {});
      for (int i = 0; i < 20; i++) {
        callers.add(appending(store, "a" + i));
      }

      assertThat(callers.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
      assertThat(Sample.log(store.events())).hasSize(20);
    }
  }

  @Test
  void append_anotherNodeStoresPartOfALostBatch_isKnownAsNotStored() {
    try (PostgresStore store = openByProxy();
        PostgresStore other = DATABASE.open(schema)) {
      PROXY.atNextCommit(TestProxy.Commit.CUT_BEFORE, () -> append(other, "a"));
      List<Append> batch = Sample.live(Sample.message("a"), Sample.message("b"));

      assertNothingStored(
          CompletableFuture.supplyAsync(() -> store.events().append(batch).get(0), CALLERS));
      store.events().refresh();
      assertLog(store, "a");
      assertThat(store.events().append(batch)).containsExactly(1L, 2L);
    }
  }

  @Test
  void append_isPurgedBeforeItsOutcomeIsLookedFor_isKnownAsStored() {
    try (PostgresStore store = openByProxy();
        PostgresStore other = DATABASE.open(schema)) {
      PROXY.atNextCommit(TestProxy.Commit.CUT_AFTER, () -> {
        append(other, "b");
        other.events().purge(other.events().refresh());
      });

      assertThat(append(store, "a")).isEqualTo(1);
    }
  }

  private PostgresStore openByProxy() {
    return PostgresStore.builder(PROXY.source(TestServer.dataSource()))
        .listener(TestServer.dataSource())
        .schema(schema)
        .open();
  }

  private static CompletableFuture<Long> appending(PostgresStore store, String name) {
    return CompletableFuture.supplyAsync(() -> append(store, name), CALLERS);
  }

  private static long append(PostgresStore store, String name) {
    return store.events().append(Sample.live(Sample.message(name))).get(0);
  }

  private static void assertNothingStored(CompletableFuture<Long> append) {
    CompletionException failed = catchThrowableOfType(CompletionException.class, append::join);
    assertThat(failed).hasCauseInstanceOf(StoreException.class);
    assertThat(((StoreException) failed.getCause()).isOutcomeKnown()).isTrue();
  }

  private static void assertLog(PostgresStore store, String... names) {
    assertThat(Sample.names(Sample.log(store.events()))).containsExactly(names);
  }
}
