package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * What appends read. A connection keeps the plans of its statements; those of this test are made when the tables are
 * empty, where reading a table whole costs nothing, and nothing has the server make them anew.
 */
class AppendCostTest {
  private static final int ROWS_PER_EVENT = 20;
  private static final int BATCH = 500;
  private static final int EVENTS = 10_000;

  @Test
  void append_plannedOnEmptyTables_readsNoTableWhole() throws SQLException {
    try (TestDatabase database = new TestDatabase();
        HikariDataSource single = oneConnection()) {
      String schema = database.newSchema();
      neverAnalyze(single, schema);
      try (PostgresStore store = PostgresStore.builder(single)
          .schema(schema)
          .hints(false)
          .lookInterval(Duration.ofHours(1))
          .open()) {
        appendOfEveryKind(store, "first");
        appendOfEveryKind(store, "second");
        for (int i = 0; i < EVENTS; i += BATCH) {
          store.events().append(messages("m" + i));
        }
        long before = rowsRead(single, schema);
        int appended = appendOfEveryKind(store, "last");

        assertThat(rowsRead(single, schema) - before)
            .as("rows read for %d events beside %d", appended, EVENTS)
            .isPositive()
            .isLessThan((long) ROWS_PER_EVENT * appended);
      }
    }
  }

  /** Appends, one a transaction, events whose rows take every statement of an append. Returns how many. */
  private static int appendOfEveryKind(PostgresStore store, String name) {
    List<List<Append>> batches = List.of(
        Sample.backfill(Sample.message(name + "-old")),
        Sample.backfill(Sample.redaction(name + "-old-redaction", name + "-message")),
        Sample.live(Sample.topic(name + "-topic")),
        Sample.live(Sample.topic(name + "-newer-topic")),
        Sample.live(join(name + "-join")),
        Sample.live(join(name + "-again")),
        Sample.live(Sample.message(name + "-message")),
        Sample.live(Sample.redaction(name + "-redaction", name + "-message")),
        Sample.outlier(Sample.message(name + "-outlier")),
        Sample.live(Sample.redaction(name + "-outlier-redaction", name + "-outlier")),
        Sample.live(Sample.message(name + "-outlier")),
        Sample.outlier(join(name + "-invited")),
        Sample.live(join(name + "-invited")));
    batches.forEach(batch -> store.events().append(batch));
    return batches.size();
  }

  private static RoomEvent join(String name) {
    return Sample.event(name, Sample.ROOM, Sample.BOB, RoomEvent.MEMBER)
        .stateKey(Sample.BOB.value())
        .membership(Membership.JOIN)
        .build();
  }

  private static List<Append> messages(String name) {
    List<RoomEvent> events = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      events.add(Sample.message(name + "-" + i));
    }
    return Sample.live(events.toArray(RoomEvent[]::new));
  }

  /** Returns a pool of one connection, which prepares every statement on the server at once. */
  private static HikariDataSource oneConnection() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(TestServer.dataSource());
    config.setMaximumPoolSize(1);
    HikariDataSource pool = new HikariDataSource(config);
    try (Connection connection = pool.getConnection()) {
      connection.unwrap(PGConnection.class).setPrepareThreshold(1);
    } catch (SQLException e) {
      pool.close();
      throw new IllegalStateException(e);
    }
    return pool;
  }

  private static void neverAnalyze(HikariDataSource source, String schema) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("event", "room", "state_entry", "member", "redaction")) {
        statement.execute(
            "ALTER TABLE " + schema + "." + table + " SET (autovacuum_enabled = false)");
      }
    }
  }

  /** Returns how many rows and index entries the server has read of the tables of a schema since they were made. */
  private static long rowsRead(HikariDataSource source, String schema) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_stat_force_next_flush()");
      try (ResultSet row = statement.executeQuery("SELECT"
          + " (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE schemaname = '" + schema
          + "') + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE schemaname = '" + schema
          + "')")) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
