package io.github.matrixsync.benchmarks.memory;

import io.github.matrixsync.SmallLimits;
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
import io.github.matrixsync.event.EventId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Does an engine leak memory of polls that have ended?
 *
 * <p>Data: 1,000,000 polls of as many users in one room, parked 10,000 at a time; every other one is cancelled, and the
 * rest are woken by a message. Another 200,000 polls come first, so that the window, which is small, and the caches are
 * full before the first measurement. The engine caches 100 readers for users who may poll again, and removes surplus
 * ones every 10 ms. The figure is the difference of the heap before and after, each after full collections; the
 * engine's own counts must be zero.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only cycles</pre>
 */
public final class Cycles implements Question {
  private static final int CYCLES = 1_000_000;
  private static final int AT_ONCE = 10_000;
  private static final Duration LONG = Duration.ofHours(1);
  private static final long MEBIBYTE = 1 << 20;
  private static final int IDLE_READERS = 100;

  @Override
  public String name() {
    return "cycles";
  }

  @Override
  public List<Row> rows(Size size) throws InterruptedException {
    int atOnce = size.of(100, AT_ONCE, AT_ONCE);
    int rounds = size.of(500, CYCLES / 5, CYCLES) / atOnce;
    int before = size.of(1, 20, 20);
    Population population = Population.inLobby((before + rounds) * atOnce);
    FormulaStore store = new FormulaStore(population);
    try (Pool pool = new Pool();
        SyncEngine engine = SmallLimits.window(
                before, SmallLimits.idleReaders(IDLE_READERS, SyncEngine.builder(store)))
            .executor(pool)
            .build()) {
      Come come = new Come(engine, pool, store, Community.of(store));
      for (int round = 0; round < before; round++) {
        come.andGo(round * atOnce, atOnce);
      }
      long heap = Heap.settled();
      for (int round = before; round < before + rounds; round++) {
        come.andGo(round * atOnce, atOnce);
      }
      long grown = Heap.settled() - heap;
      Expect.same(0, engine.parked(), "parked streams");
      return List.of(Row.of(
              String.format("heap after %,d park / wake / cancel cycles", rounds * atOnce),
              Amount.bytes((double) grown))
          .atMost(Amount.bytes((double) MEBIBYTE)));
    }
  }

  private record Come(SyncEngine engine, Pool pool, FormulaStore store, Community community) {
    void andGo(int first, int count) {
      StreamToken from = StreamToken.of(store.watermark(), 0, 0);
      List<CompletableFuture<EventBatch>> polls = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        polls.add(engine.stream(Population.user(first + i), from, LONG));
      }
      pool.awaitQuiet();
      for (int i = 0; i < count; i += 2) {
        Expect.that(polls.get(i).cancel(false), "a parked stream was done already");
      }
      EventId event = community.say(Population.LOBBY, Population.user(first));
      for (int i = 1; i < count; i += 2) {
        Expect.single(polls.get(i).join(), from, event);
      }
      pool.awaitQuiet();
      store.purge();
    }
  }
}
