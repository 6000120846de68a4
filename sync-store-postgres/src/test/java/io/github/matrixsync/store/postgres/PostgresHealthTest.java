package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.model.Append;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresHealthTest {
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final int ATTEMPTS = 600;

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Test
  void health_allIsWell_hintsArriveAndNothingIsHeld() {
    try (PostgresStore store = DATABASE.open()) {
      PostgresHealth health = await(store, now -> now.hints() == PostgresHealth.Hints.ARRIVE);

      assertThat(health.failure()).isEmpty();
      assertThat(health.lockHolders()).isEmpty();
      assertThat(health.warnings()).isEmpty();
    }
  }

  @Test
  void health_hintsSwitchedOff_saysSo() {
    String schema = DATABASE.newSchema();
    try (PostgresStore store =
        PostgresStore.builder(DATABASE.dataSource()).schema(schema).hints(false).open()) {
      assertThat(store.health().hints()).isEqualTo(PostgresHealth.Hints.OFF);
    }
  }

  @Test
  void health_databaseFails_saysWhyUntilItIsBackAndLogsItOnce() {
    try (Logged logged = new Logged();
        PostgresStore store = DATABASE.open()) {
      DATABASE.fail();
      PostgresHealth failing = await(store, health -> health.failure().isPresent());
      assertThat(failing.failure().orElseThrow()).contains("connection refused");
      await(store, health -> isLogged(logged, "the heads cannot be read"));

      DATABASE.mend();
      await(store, health -> health.failure().isEmpty());
      await(store, health -> isLogged(logged, "the heads can be read again"));
      assertThat(logged.messages())
          .filteredOn(message -> message.startsWith("the heads"))
          .hasSize(2);
    } finally {
      DATABASE.mend();
    }
  }

  @Test
  void health_hostsTransactionIsLeftOpen_namesWhoHoldsTheLock() throws SQLException {
    try (PostgresStore store = DATABASE.open();
        Connection connection = DATABASE.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      connection.setClientInfo("ApplicationName", "forgetful");
      store.events().append(connection, List.of(Append.live(Sample.message("a"))));
      Sessions.keepOpen(connection);

      PostgresHealth.LockHolder holder =
          await(store, now -> !now.lockHolders().isEmpty()).lockHolders().get(0);

      assertThat(holder.stream()).isEqualTo("events");
      assertThat(holder.pid()).isPositive();
      assertThat(holder.application()).contains("forgetful");
      assertThat(holder.age()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
      connection.rollback();
    }
  }

  private static boolean isLogged(Logged logged, String beginning) {
    return logged.messages().stream().anyMatch(message -> message.startsWith(beginning));
  }

  private static PostgresHealth await(PostgresStore store, Predicate<PostgresHealth> wanted) {
    PostgresHealth health = store.health();
    for (int i = 0; i < ATTEMPTS && !wanted.test(health); i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      health = store.health();
    }
    assertThat(wanted).accepts(health);
    return health;
  }
}
