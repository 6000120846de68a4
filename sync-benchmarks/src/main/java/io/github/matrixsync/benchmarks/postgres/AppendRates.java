package io.github.matrixsync.benchmarks.postgres;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.postgres.PostgresStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Events a second that callers append, one at a time and in batches, on one node and two. */
final class AppendRates implements StoreLoad {
  private static final int MANY = 64;
  private static final int BATCH = 100;

  /** How often a load runs before it is measured: the compiler needs some 15 seconds of the path of an append. */
  private static final int WARMUPS = 5;

  /** A load, and its floor. */
  private record Load(int callers, int batch, int rawCallers, int rawBatch) {}

  @Override
  public String name() {
    return "append";
  }

  @Override
  public List<Row> rows(PostgresServer server, Size size) throws Exception {
    String schema = server.newSchema();
    RawInserts raw = new RawInserts(server.dataSource(), schema);
    long millis = size.of(100, 1_000, 3_000);
    int rounds = size.of(1, 3, 5);
    List<Row> rows = new ArrayList<>();
    try (PostgresStore node = server.open(schema);
        PostgresStore other = server.open(schema)) {
      List<PostgresStore> one = List.of(node);
      List<PostgresStore> two = List.of(node, other);
      Measured single = measure(raw, one, new Load(1, 1, 1, 1), millis, rounds);
      rows.add(single.row("append, one caller; floor: single commits").atLeastOfFloor(0.4));
      Measured many = measure(raw, one, new Load(MANY, 1, 1, BATCH), millis, rounds);
      rows.add(many.row("append, 64 callers; floor: batches of 100").atLeastOfFloor(0.5));
      rows.add(Row.of("append, 64 callers: p99 of a call", Amount.nanos(many.p99()))
          .atMost(Amount.millis(20)));
      Measured nodes = measure(raw, two, new Load(MANY, 1, 1, BATCH), millis, rounds);
      rows.add(
          nodes.row("append, 64 callers on two nodes; floor: batches of 100").atLeastOfFloor(0.4));
      Measured batches = measure(raw, one, new Load(1, BATCH, 1, BATCH), millis, rounds);
      rows.add(batches.row("append, batches of 100; floor: batches of 100").atLeastOfFloor(0.8));
    }
    return rows;
  }

  /** The medians of a load's rounds. */
  private record Measured(double perSecond, double floor, double ratio, double p99) {
    Row.Measured row(String question) {
      return new Row.Measured(
          question,
          Amount.perSecond(perSecond),
          java.util.Optional.of(Amount.perSecond(floor)),
          ratio);
    }
  }

  private static Measured measure(
      RawInserts raw, List<PostgresStore> nodes, Load load, long millis, int rounds)
      throws Exception {
    double[] figures = new double[rounds];
    double[] floors = new double[rounds];
    double[] p99 = new double[rounds];
    int warmups = rounds == 1 ? 0 : WARMUPS;
    for (int round = -warmups; round < rounds; round++) {
      Callers.Result floor =
          Callers.run(load.rawCallers(), millis, caller -> raw.insert(load.rawBatch()));
      Callers.Result figure =
          Callers.run(load.callers(), millis, caller -> append(nodes, load.batch(), caller));
      if (round >= 0) {
        figures[round] = figure.perSecond();
        floors[round] = floor.perSecond();
        p99[round] = figure.p99();
      }
    }
    Interleaved medians = Interleaved.of(figures, floors);
    return new Measured(
        medians.figure(), medians.floor(), medians.ratio(), Interleaved.median(p99));
  }

  private static int append(List<PostgresStore> nodes, int batch, int caller) {
    List<Append> events = IntStream.range(0, batch)
        .mapToObj(i -> Samples.next(Samples.room((caller * 7 + i) % 100)))
        .toList();
    List<Long> positions = nodes.get(caller % nodes.size()).events().append(events);
    if (positions.size() != batch) {
      throw new IllegalStateException("a batch without all its positions");
    }
    return batch;
  }
}
