package io.github.matrixsync.benchmarks.memory;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Heap;
import io.github.matrixsync.benchmarks.world.Pieces;
import io.github.matrixsync.benchmarks.world.Sink;
import io.github.matrixsync.benchmarks.world.SnapshotWorld;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.store.EventStore;
import java.util.List;
import java.util.Map;

/**
 * How much time and memory does a snapshot take that is as large as any that a server should get?
 *
 * <p>Data: a user in 1,000 rooms of 1,000 state entries and 20 messages each. The memory is that of one answer that is
 * ready to be written: the heap with it minus the heap without it, after full collections, on an engine without
 * caches. The time is from the request to the last byte copied to a sink, on an engine that has answered before.
 * Floor: the same pieces copied to the same kind of sink, without ages.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only huge-snapshot</pre>
 */
public final class HugeSnapshot implements Question {
  private static final int ROOMS = 1_000;
  private static final int STATE = 1_000;
  private static final int LIMIT = 20;
  private static final double IN_FLIGHT = 1L << 30;

  @Override
  public String name() {
    return "huge-snapshot";
  }

  @Override
  public int heap() {
    return 8;
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int rooms = size.of(3, ROOMS / 10, ROOMS);
    int state = size.of(10, STATE, STATE);
    EventStore store = SnapshotWorld.of(rooms, state, LIMIT, false);
    try (SyncEngine engine = SyncEngine.builder(store).build()) {
      RestEdge edge = RestEdge.of(engine);
      RestResponse answer = take(edge);
      Expect.same(200, answer.status(), "status");
      Pieces pieces = Pieces.of(answer);
      Sink sink = new Sink();
      Interleaved times = Interleaved.of(
          size.of(0, 1, 1),
          size.of(1, 3, 5),
          () -> Interleaved.time(() -> write(take(edge), sink)),
          () -> Interleaved.time(() -> write(pieces, sink)));
      String what =
          String.format("initialSync of %,d rooms × %,d state entries, warm", rooms, state);
      Amount bytes = Amount.bytes(answer.length());
      return List.of(
          Row.of(
                  what + " (" + bytes + ")",
                  Amount.throughput(answer.length(), times.figure()),
                  Amount.throughput(pieces.length(), times.floor()))
              .atLeastOfFloor(0.6),
          Row.of("the same: memory of one answer in flight", inFlight(store), bytes)
              .atMost(Amount.bytes(IN_FLIGHT)));
    }
  }

  private static Amount inFlight(EventStore store) {
    try (SyncEngine engine = SyncEngine.builder(store).cacheBytes(0).build()) {
      RestEdge edge = RestEdge.of(engine);
      long before = Heap.used();
      RestResponse answer = take(edge);
      long after = Heap.used();
      Expect.same(200, answer.status(), "status");
      return Amount.bytes(after - before);
    }
  }

  private static RestResponse take(RestEdge edge) {
    Map<String, List<String>> query = Map.of("limit", List.of(Integer.toString(LIMIT)));
    return edge.get(new RestRequest("/initialSync", query, SnapshotWorld.USER))
        .orElseThrow()
        .join();
  }

  private static void write(RestResponse answer, Sink sink) {
    try {
      answer.writeTo(sink);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Expect.same(answer.length(), sink.taken(), "bytes of the body");
  }

  private static void write(Pieces pieces, Sink sink) {
    try {
      pieces.writeTo(sink);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Expect.that(sink.taken() > 0, "nothing was copied");
  }
}
