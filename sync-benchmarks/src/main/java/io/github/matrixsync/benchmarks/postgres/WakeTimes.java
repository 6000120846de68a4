package io.github.matrixsync.benchmarks.postgres;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.postgres.PostgresStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** How soon another node's listeners know of an append, on an idle server and beside foreign writers. */
final class WakeTimes implements StoreLoad {
  private static final int WRITERS = 4;

  @Override
  public String name() {
    return "wake";
  }

  @Override
  public List<Row> rows(PostgresServer server, Size size) throws Exception {
    String schema = server.newSchema();
    RawInserts raw = new RawInserts(server.dataSource(), schema);
    int appends = size.of(5, 100, 500);
    List<Row> rows = new ArrayList<>();
    try (PostgresStore node = server.open(schema);
        PostgresStore other = server.open(schema)) {
      times(node, other, Math.min(appends, 20));
      double[] idle = times(node, other, appends);
      rows.add(Row.of(
              "commit to woken on the other node, idle: p50",
              Amount.nanos(Interleaved.median(idle)))
          .atMost(Amount.millis(3)));
      rows.add(Row.of(
              "commit to woken on the other node, idle: p99",
              Amount.nanos(Interleaved.percentile(idle, 99)))
          .atMost(Amount.millis(15)));
      double[] busy = besideWriters(raw, () -> times(node, other, appends));
      rows.add(Row.of(
              "the same beside four foreign writers: p99",
              Amount.nanos(Interleaved.percentile(busy, 99)))
          .atMost(Amount.millis(25)));
      int looks = size.of(10, 200, 1_000);
      double[] look = new double[looks];
      for (int i = 0; i < looks; i++) {
        look[i] = Interleaved.time(() -> node.events().refresh());
      }
      rows.add(Row.of("one look at all heads", Amount.nanos(Interleaved.median(look)))
          .atMost(Amount.millis(0.3)));
    }
    return rows;
  }

  private interface Measurement {
    double[] take() throws Exception;
  }

  private static double[] besideWriters(RawInserts raw, Measurement measurement) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int i = 0; i < WRITERS; i++) {
        writers.execute(() -> insertUntil(done, raw));
      }
      return measurement.take();
    } finally {
      done.set(true);
      writers.shutdown();
      writers.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private static void insertUntil(AtomicBoolean done, RawInserts raw) {
    try {
      while (!done.get()) {
        raw.insert(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a foreign writer failed", e);
    }
  }

  private static double[] times(PostgresStore node, PostgresStore other, int appends)
      throws Exception {
    double[] times = new double[appends];
    for (int i = 0; i < appends; i++) {
      CompletableFuture<Long> woken = new CompletableFuture<>();
      long before = other.events().watermark();
      Registration registration = other.events().onAdvance(() -> {
        if (other.events().watermark() > before) {
          woken.complete(System.nanoTime());
        }
      });
      node.events().append(List.of(Samples.next(Samples.room(1))));
      long committed = System.nanoTime();
      times[i] = Math.max(0, woken.get(10, TimeUnit.SECONDS) - committed);
      registration.close();
      other.events().refresh();
    }
    return times;
  }
}
