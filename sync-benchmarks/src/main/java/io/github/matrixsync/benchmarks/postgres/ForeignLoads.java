package io.github.matrixsync.benchmarks.postgres;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.store.postgres.PostgresStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The store beside other users of the server: what it costs them, and what a transaction they leave open costs it. */
final class ForeignLoads implements StoreLoad {
  private static final int CALLERS = 64;
  private static final int WRITERS = 32;
  private static final int ROOMS = 100;

  @Override
  public String name() {
    return "foreign";
  }

  @Override
  public List<Row> rows(PostgresServer server, Size size) throws Exception {
    List<Row> rows = new ArrayList<>();
    rows.add(besideHints(server, size));
    rows.addAll(withOpenTransaction(server, size));
    return rows;
  }

  /** Measures writers that notify somebody in each transaction, beside callers whose node sends hints and one's not. */
  private static Row besideHints(PostgresServer server, Size size) throws Exception {
    String schema = server.newSchema();
    server.execute("CREATE TABLE " + schema + ".foreign_row (content text)");
    int rounds = size.of(1, 3, 7);
    long millis = size.of(100, 1_500, 3_000);
    double[] on = new double[rounds];
    double[] off = new double[rounds];
    try (PostgresStore hinting = server.open(schema, true);
        PostgresStore silent = server.open(schema, false)) {
      for (int round = -1; round < rounds; round++) {
        boolean first = (round & 1) == 0;
        double one = beside(server, schema, first ? hinting : silent, millis);
        double two = beside(server, schema, first ? silent : hinting, millis);
        if (round >= 0) {
          on[round] = first ? one : two;
          off[round] = first ? two : one;
        }
      }
    }
    Interleaved rates = Interleaved.of(on, off);
    return new Row.Measured(
            "32 foreign writers that NOTIFY, beside 64 appending callers with hints; floor: without hints",
            Amount.perSecond(rates.figure()),
            java.util.Optional.of(Amount.perSecond(rates.floor())),
            rates.ratio())
        .atLeastOfFloor(0.9);
  }

  private static double beside(
      PostgresServer server, String schema, PostgresStore store, long millis) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> appending = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        appending.add(callers.submit(() -> appendUntil(done, store)));
      }
      double rate =
          Callers.run(WRITERS, millis, writer -> write(server, schema)).perSecond();
      done.set(true);
      for (Future<?> each : appending) {
        each.get();
      }
      return rate;
    } finally {
      done.set(true);
      callers.shutdown();
      callers.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private static void appendUntil(AtomicBoolean done, PostgresStore store) {
    while (!done.get()) {
      append(store);
    }
  }

  private static int write(PostgresServer server, String schema) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN; INSERT INTO " + schema
          + ".foreign_row VALUES ('x'); NOTIFY foreign_channel; COMMIT");
    }
    return 1;
  }

  /** Measures an append and a look before and after many appends that happen while a foreign transaction is open. */
  private static List<Row> withOpenTransaction(PostgresServer server, Size size) throws Exception {
    String schema = server.newSchema();
    int appends = size.of(100, 10_000, 100_000);
    int samples = size.of(5, 300, 1_000);
    try (PostgresStore store = server.open(schema, false);
        Connection foreign = server.dataSource().getConnection();
        Statement statement = foreign.createStatement()) {
      appendMany(store, size.of(10, 2_000, 2_000));
      double append = median(samples, () -> append(store));
      double look = median(samples, () -> store.events().refresh());
      statement.execute(
          "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM " + schema + ".event");
      appendMany(store, appends);
      double appendAfter = median(samples, () -> append(store));
      double lookAfter = median(samples, () -> store.events().refresh());
      statement.execute("COMMIT");
      String after =
          " after " + appends + " appends beside an open foreign transaction; floor: before";
      return List.of(
          row("an append" + after, appendAfter, append), row("a look" + after, lookAfter, look));
    }
  }

  private static Row row(String question, double after, double before) {
    return Row.of(question, Amount.nanos(after), Amount.nanos(before)).atMostTimesFloor(1.5);
  }

  private static double median(int samples, Runnable work) {
    double[] times = new double[samples];
    for (int i = 0; i < samples; i++) {
      times[i] = Interleaved.time(work);
    }
    return Interleaved.median(times);
  }

  private static void appendMany(PostgresStore store, int appends) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < appends; i++) {
        all.add(callers.submit(() -> append(store)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      callers.shutdown();
    }
  }

  private static void append(PostgresStore store) {
    store.events().append(List.of(Samples.next(Samples.anyRoom(ROOMS))));
  }
}
