package io.github.matrixsync.benchmarks.growth;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Does the time of any operation grow faster than its result when a room or a user grows?
 *
 * <p>Data: {@link GrowingMembers}, a room of 1,000, 10,000 and 100,000 members; {@link GrowingRooms}, a user in 200,
 * 2,000 and 20,000 rooms; {@link GrowingHistory}, a room with 10,000, 100,000 and 1,000,000 messages. The figure is the
 * median time at the largest size for each thing that the operation returns, the floor the same at the middle size: an
 * operation that is linear in its result has a ratio of 1, a quadratic one of 10. The target leaves room for the effect
 * of full caches, but not for a higher power.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only growth</pre>
 */
public final class Growth implements Question {
  private static final int SIZES = 3;
  private static final double MOST = 2.5;

  /**
   * An operation of the engine.
   *
   * @param name its name
   * @param returned the number of things that it returns, at least 1; it is checked
   * @param timed runs it once
   */
  record Operation(String name, int returned, Interleaved.Timed timed) {}

  /** A shape of data that grows. */
  interface Shape extends AutoCloseable {
    /** Returns the operations to measure, the same at every size. */
    List<Operation> operations();

    @Override
    void close();
  }

  private interface Grower {
    Shape at(int size);
  }

  @SuppressWarnings("ArrayRecordComponent") // filled size by size, and never compared
  private record Measured(String name, double[] nanos, double[] perThing) {}

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public int heap() {
    return 8;
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    List<Row> rows = new ArrayList<>();
    int times = size.of(2, 15, 25);
    rows.addAll(rows("members", size.of(10, 1_000, 10_000), times, GrowingMembers::new));
    rows.addAll(rows("rooms", size.of(10, 200, 2_000), times, GrowingRooms::new));
    rows.addAll(rows("messages", size.of(1_000, 10_000, 100_000), times, GrowingHistory::new));
    return rows;
  }

  private static List<Row> rows(String what, int middle, int times, Grower grower)
      throws Exception {
    int[] sizes = {middle / 10, middle, middle * 10};
    List<Measured> all = new ArrayList<>();
    for (int i = 0; i < SIZES; i++) {
      try (Shape shape = grower.at(sizes[i])) {
        measure(shape.operations(), i, times, all);
      }
    }
    return all.stream().map(measured -> row(what, sizes, measured)).toList();
  }

  private static void measure(List<Operation> operations, int size, int times, List<Measured> all)
      throws Exception {
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (size == 0) {
        all.add(new Measured(operation.name(), new double[SIZES], new double[SIZES]));
      }
      double nanos = median(operation, times);
      all.get(i).nanos()[size] = nanos;
      all.get(i).perThing()[size] = nanos / operation.returned();
    }
  }

  private static double median(Operation operation, int times) throws Exception {
    double[] taken = new double[times];
    for (int i = -times; i < times; i++) {
      long nanos = operation.timed().nanos();
      taken[Math.max(0, i)] = nanos;
    }
    return Interleaved.median(taken);
  }

  private static Row row(String what, int[] sizes, Measured measured) {
    List<String> each = IntStream.range(0, SIZES)
        .mapToObj(i -> Amount.nanos(measured.nanos()[i]).toString())
        .toList();
    String question = String.format(
        "%s, %,d / %,d / %,d %s: %s",
        measured.name(), sizes[0], sizes[1], sizes[2], what, String.join(" / ", each));
    return Row.of(
            question,
            Amount.nanos(measured.perThing()[SIZES - 1]),
            Amount.nanos(measured.perThing()[1]))
        .atMostTimesFloor(MOST);
  }
}
