package io.github.matrixsync.benchmarks.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.postgres.PostgresStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The processor time that the server's session takes for an event, appended one at a time and in groups. All is done on
 * one connection, whose process the operating system has accounts of; so the server must run on this machine.
 */
final class ServerCpu implements StoreLoad {
  /** What {@code /proc} counts in, on every Linux. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int ROOMS = 100;

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public List<Row> rows(PostgresServer server, Size size) throws Exception {
    String schema = server.newSchema();
    List<Row> rows = new ArrayList<>();
    try (HikariDataSource single = server.pool(1);
        PostgresStore store = PostgresStore.builder(single)
            .schema(schema)
            .hints(false)
            .lookInterval(Duration.ofHours(1))
            .open()) {
      RawInserts raw = new RawInserts(single, schema);
      Path accounts = accounts(single);
      if (!Files.isReadable(accounts)) {
        return List.of();
      }
      int rounds = size.of(1, 3, 5);
      for (int group : new int[] {1, 20, 100}) {
        int transactions = size.of(100, 2_000, 5_000) / (group == 1 ? 1 : 10);
        Interleaved times = Interleaved.of(
            size == Size.SMOKE ? 0 : 1,
            rounds,
            () -> spent(accounts, transactions, group, () -> append(store, group)),
            () -> spent(accounts, transactions, group, () -> raw.insert(group)));
        String question = "processor time of the server, an event, " + group
            + " a transaction; floor: the same by plain inserts";
        rows.add(Row.of(question, times).atMostTimesFloor(group == 100 ? 1.5 : 2));
      }
    }
    return rows;
  }

  private interface Transaction {
    void run() throws SQLException;
  }

  private static Path accounts(HikariDataSource single) throws SQLException {
    return Path.of("/proc/" + PostgresServer.number(single, "SELECT pg_backend_pid()") + "/stat");
  }

  private static long spent(Path accounts, int transactions, int group, Transaction transaction)
      throws IOException, SQLException {
    long before = ticks(accounts);
    for (int i = 0; i < transactions; i++) {
      transaction.run();
    }
    return (ticks(accounts) - before) * NANOS_PER_TICK / ((long) transactions * group);
  }

  /** Reads a process's time in user and system mode, the 14th and 15th fields; the second is in parentheses. */
  private static long ticks(Path accounts) throws IOException {
    String line = Files.readString(accounts);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static void append(PostgresStore store, int events) {
    List<Append> batch = IntStream.range(0, events)
        .mapToObj(i -> Samples.next(Samples.anyRoom(ROOMS)))
        .toList();
    if (store.events().append(batch).size() != events) {
      throw new IllegalStateException("a batch without all its positions");
    }
  }
}
