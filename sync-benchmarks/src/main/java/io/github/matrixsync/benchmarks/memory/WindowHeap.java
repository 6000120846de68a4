package io.github.matrixsync.benchmarks.memory;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.FormulaStore;
import io.github.matrixsync.benchmarks.world.Heap;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Does the window's heap keep to its bound?
 *
 * <p>Data: a budget of 288 MiB, of which the window gets 64 MiB; 10,000 messages of 350 bytes, and then 10,000 of
 * 32 KiB, a hundred at a time, all of which a member reads, so that they are encoded. The store drops its events after
 * each hundred, and no request fills the caches, so that the heap is the window's. The figure is the heap after full
 * collections minus that of before, the most of ten measurements. Floor: as many bytes of JSON as the bound, in arrays
 * of 32 KiB.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only window-heap</pre>
 */
public final class WindowHeap implements Question {
  private static final int EVENTS = 10_000;
  private static final long BYTES = 64L << 20;
  private static final int LARGE = 32 << 10;
  private static final int AT_ONCE = 100;
  private static final int LOOKS = 10;
  private static final UserId MEMBER = Population.user(0);
  private static final double MOST = 1.5;

  @Override
  public String name() {
    return "window-heap";
  }

  @Override
  public int heap() {
    return 4;
  }

  @Override
  public List<Row> rows(Size size) {
    int share = size.of(100, 1, 1);
    return List.of(Row.of(
            String.format(
                "heap of a window of %s, %,d small events, then as many of 32 KiB",
                Amount.bytes((double) BYTES / share), EVENTS / share),
            Amount.bytes(held(EVENTS / share, BYTES / share)),
            Amount.bytes(bare(BYTES / share)))
        .atMostTimesFloor(MOST));
  }

  private static double bare(long bytes) {
    long before = Heap.used();
    List<byte[]> arrays = new ArrayList<>();
    for (long held = 0; held + LARGE <= bytes; held += LARGE) {
      arrays.add(new byte[LARGE]);
    }
    long after = Heap.used();
    Expect.same(bytes / LARGE, arrays.size(), "arrays");
    return after - before;
  }

  private static double held(int events, long bytes) {
    FormulaStore store = new FormulaStore(Population.inLobby(1));
    try (Pool pool = new Pool();
        SyncEngine engine =
            SyncEngine.builder(store).executor(pool).cacheBytes(bytes / 2 * 9).build()) {
      Reading reading = new Reading(store, Community.of(store), engine, pool);
      reading.messages(AT_ONCE, 1);
      long before = Heap.used();
      reading.messages(events, 1);
      long most = 0;
      for (int look = 0; look < LOOKS; look++) {
        reading.messages(events / LOOKS, LARGE);
        most = Math.max(most, Heap.used() - before);
      }
      Expect.same(0, engine.parked(), "parked streams");
      return most;
    }
  }

  /** A member who reads the messages. */
  private record Reading(FormulaStore store, Community community, SyncEngine engine, Pool pool) {
    void messages(int count, int characters) {
      for (int left = count; left > 0; left -= AT_ONCE) {
        StreamToken from = StreamToken.of(store.watermark(), 0, 0);
        List<Append> batch = new ArrayList<>();
        for (int i = 0; i < Math.min(left, AT_ONCE); i++) {
          batch.add(community.message(Population.LOBBY, MEMBER, characters));
        }
        store.append(batch);
        EventBatch read = engine.stream(MEMBER, from, Duration.ZERO).join();
        Expect.same(batch.size(), read.chunk().size(), "events that were read");
        pool.awaitQuiet();
        store.purge();
      }
    }
  }
}
