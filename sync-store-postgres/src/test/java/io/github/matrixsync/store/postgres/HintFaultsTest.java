package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections for hints that are cut, fall silent, cannot be made, or get no hints: nodes look by themselves. */
class HintFaultsTest {
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Sessions SESSIONS = new Sessions(TestServer.dataSource());
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final String schema = DATABASE.newSchema();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void hints_connectionIsCut_nodesKnowAndItIsOpenedAgain() {
    PGSimpleDataSource named = (PGSimpleDataSource) TestServer.dataSource();
    named.setApplicationName(schema);
    try (PostgresStore store = open(named);
        PostgresStore other = DATABASE.open(schema)) {
      awaitHints(store, PostgresHealth.Hints.ARRIVE);
      long listening = listening();
      SESSIONS.terminate(listening);
      assertKnows(store, other, "a");

      Sessions.await("it is opened again", () -> listening() != 0 && listening() != listening);
      awaitHints(store, PostgresHealth.Hints.ARRIVE);
    }
  }

  @Test
  void hints_connectionFallsSilent_nodesKnowAndItIsOpenedAgain() {
    AtomicBoolean isRefused = new AtomicBoolean();
    try (TestProxy proxy = TestProxy.to(TestServer.dataSource());
        PostgresStore store = open(refusing(isRefused, proxy.source(TestServer.dataSource())));
        PostgresStore other = DATABASE.open(schema)) {
      awaitHints(store, PostgresHealth.Hints.ARRIVE);
      isRefused.set(true);
      proxy.stall();
      assertKnows(store, other, "a");
      awaitHints(store, PostgresHealth.Hints.BROKEN);
      assertKnows(store, other, "b");
      isRefused.set(false);
      awaitHints(store, PostgresHealth.Hints.ARRIVE);
    }
  }

  /** Returns a source whose connections are refused for as long as it is said, so that what is broken stays so. */
  private static DataSource refusing(AtomicBoolean isRefused, DataSource source) {
    return new SuppliedSource(() -> {
      if (isRefused.get()) {
        throw new SQLException("connection refused", "08001");
      }
      return source.getConnection();
    });
  }

  /** As behind a pooler that shares connections between transactions; hints do not leave their database. */
  @Test
  void hints_areSentElsewhere_nodesKnowAndHealthSaysSo() {
    SESSIONS.execute("CREATE DATABASE " + schema);
    PGSimpleDataSource elsewhere = (PGSimpleDataSource) TestServer.dataSource();
    elsewhere.setDatabaseName(schema);
    try (Logged logged = new Logged();
        PostgresStore store = open(elsewhere);
        PostgresStore other = DATABASE.open(schema)) {
      awaitHints(store, PostgresHealth.Hints.SILENT);
      assertKnows(store, other, "a");
      assertThat(store.health().hints()).isEqualTo(PostgresHealth.Hints.SILENT);
      assertThat(logged.messages())
          .filteredOn(message -> message.startsWith("hints do not arrive"))
          .hasSize(1);
    }
  }

  @Test
  void hints_noConnectionCanBeMade_looksGoOnBetweenTheAttempts() {
    List<Integer> looksAtAttempts = new CopyOnWriteArrayList<>();
    AtomicInteger looks = new AtomicInteger();
    DataSource counted = new SuppliedSource(() -> {
      looks.incrementAndGet();
      return TestServer.dataSource().getConnection();
    });
    DataSource broken = new SuppliedSource(() -> {
      looksAtAttempts.add(looks.get());
      throw new SQLException("connection refused", "08001");
    });
    try (PostgresStore store = PostgresStore.builder(counted)
        .listener(broken)
        .lookInterval(INTERVAL)
        .schema(schema)
        .open()) {
      // Pauses between attempts grow, and each interval of them has its look: a slow one is made up
      // for by a longer pause.
      Sessions.await(
          "there were looks between two attempts", () -> mostLooksBetween(looksAtAttempts) >= 4);
      assertThat(store.health().hints()).isEqualTo(PostgresHealth.Hints.BROKEN);
    }
  }

  private static int mostLooksBetween(List<Integer> looksAtAttempts) {
    int most = 0;
    for (int i = 1; i < looksAtAttempts.size(); i++) {
      most = Math.max(most, looksAtAttempts.get(i) - looksAtAttempts.get(i - 1));
    }
    return most;
  }

  @Test
  void look_poolThrowsWhatItShouldNot_looksGoOn() {
    AtomicInteger failures = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    DataSource throwing = new SuppliedSource(() -> {
      if (taken.incrementAndGet() > 20 && failures.incrementAndGet() < 4) {
        throw new IllegalStateException("the pool is odd");
      }
      return TestServer.dataSource().getConnection();
    });
    try (PostgresStore store = PostgresStore.builder(throwing)
            .hints(false)
            .lookInterval(INTERVAL)
            .schema(schema)
            .open();
        PostgresStore other = DATABASE.open(schema)) {
      Sessions.await("the pool threw", () -> failures.get() >= 4);
      assertKnows(store, other, "a");
    }
  }

  private PostgresStore open(DataSource listener) {
    return PostgresStore.builder(DATABASE.dataSource())
        .listener(listener)
        .lookInterval(INTERVAL)
        .schema(schema)
        .open();
  }

  private static void assertKnows(PostgresStore store, PostgresStore other, String name) {
    long position = other.events().append(Sample.live(Sample.message(name))).get(0);
    Sessions.await("the node knows", () -> store.events().watermark() >= position);
  }

  private static void awaitHints(PostgresStore store, PostgresHealth.Hints hints) {
    Sessions.await("hints are " + hints, () -> store.health().hints() == hints);
  }

  private long listening() {
    return SESSIONS.number(
        "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = '"
            + schema + "'");
  }
}
