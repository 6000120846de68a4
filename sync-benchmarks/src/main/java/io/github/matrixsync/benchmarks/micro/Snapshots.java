package io.github.matrixsync.benchmarks.micro;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Pieces;
import io.github.matrixsync.benchmarks.world.Sink;
import io.github.matrixsync.benchmarks.world.SnapshotWorld;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.store.EventStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does a snapshot take, from the request to the last byte?
 *
 * <p>Data: a memory store, a user in 200 or 1,000 rooms with 30 state entries and 100 messages each, of which 20 are
 * requested; or 1,000 such rooms that the user has left. Cold: on a new engine. Warm: on an engine that has given the
 * same answer before. The body is copied to a sink. Floor: the same pieces, copied to the same kind of sink, without
 * ages.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only initial-sync</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Snapshots implements Question {
  private static final String SHAPE = "shape";
  private static final String LEFT = " left";
  private static final List<String> SHAPES = List.of("200 joined", "1000 joined", "1000 left");
  private static final int STATE = 30;
  private static final int MESSAGES = 100;
  private static final int LIMIT = 20;

  /** A user's rooms. */
  @State(Scope.Benchmark)
  public static class World {
    /** How many rooms, and whether they were left. */
    @Param({"200 joined", "1000 joined", "1000 left"})
    public String shape = "";

    private EventStore store;
    private SyncEngine warmEngine;
    private RestEdge warm;
    private Pieces pieces;
    private long length;
    private final Sink sink = new Sink();

    /** Fills the store, and takes a snapshot. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
      int rooms = Integer.parseInt(shape.substring(0, shape.indexOf(' ')));
      store = SnapshotWorld.of(rooms, STATE, MESSAGES, shape.endsWith(LEFT));
      warmEngine = SyncEngine.builder(store).build();
      warm = RestEdge.of(warmEngine);
      pieces = Pieces.of(take(warm));
      length = pieces.length();
    }

    /** Ends the engine. */
    @TearDown(Level.Trial)
    public void close() {
      warmEngine.close();
    }

    private long write(RestEdge edge) throws IOException {
      RestResponse answer = take(edge);
      answer.writeTo(sink);
      long taken = sink.taken();
      Expect.same(answer.length(), taken, "bytes of the body");
      Expect.that(
          taken > length, "a body of " + taken + " bytes, of which " + length + " without ages");
      return taken;
    }
  }

  /** An engine that is new for each call. */
  @State(Scope.Benchmark)
  public static class Fresh {
    private SyncEngine engine;
    private RestEdge edge;

    /** Creates the engine, without anything encoded. */
    @Setup(Level.Invocation)
    public void begin(World world) {
      engine = SyncEngine.builder(world.store).build();
      edge = RestEdge.of(engine);
    }

    /** Closes the engine. */
    @TearDown(Level.Invocation)
    public void end() {
      engine.close();
    }
  }

  /** Answers from a new engine. */
  @Benchmark
  public long cold(World world, Fresh fresh) throws IOException {
    return world.write(fresh.edge);
  }

  /** Answers from an engine that has answered before. */
  @Benchmark
  public long warm(World world) throws IOException {
    return world.write(world.warm);
  }

  /** Copies the pieces. */
  @Benchmark
  public long floor(World world) throws IOException {
    world.pieces.writeTo(world.sink);
    return world.sink.taken();
  }

  private static RestResponse take(RestEdge edge) {
    Map<String, List<String>> query = Map.of("limit", List.of(Integer.toString(LIMIT)));
    RestResponse answer = edge.get(new RestRequest("/initialSync", query, SnapshotWorld.USER))
        .orElseThrow()
        .join();
    Expect.same(200, answer.status(), "status");
    return answer;
  }

  @Override
  public String name() {
    return "initial-sync";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    List<String> shapes = size == Size.SMOKE ? List.of("3 joined", "3 left") : SHAPES;
    Jmh jmh = Jmh.run(Snapshots.class, size, Map.of(SHAPE, shapes));
    List<Row> rows = new ArrayList<>();
    for (String shape : shapes) {
      rows.add(row(shape, "warm", jmh).atLeastOfFloor(0.6));
      rows.add(row(shape, "cold", jmh).untargeted());
    }
    return rows;
  }

  private static Row.Measured row(String shape, String method, Jmh jmh) {
    Interleaved times = jmh.times(method, "floor", Map.of(SHAPE, shape));
    String question = "initialSync to bytes, " + shape + " rooms, " + method + ": "
        + Amount.nanos(times.figure()) + "; snapshots";
    return Row.of(question, Amount.rate(1, times.figure()), Amount.rate(1, times.floor()));
  }
}
