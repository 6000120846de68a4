package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Parked;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How long does it take from an append to the answer of the only poll that waits for it?
 *
 * <p>Data: a memory store; a room with a writer and one member with a parked poll, and 100,000 users with parked polls
 * in another room. The figure is the time from before the append until a dependent of the poll's future runs, 20,000
 * times after 5,000. Floor, in turn: the time from before a task is submitted to the same executor until it runs.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only wake-one</pre>
 */
public final class WakeOne implements Question {
  private static final int OTHERS = 100_000;
  private static final RoomId ROOM = RoomId.parse("!room:example.org");
  private static final RoomId ELSEWHERE = RoomId.parse("!elsewhere:example.org");
  private static final UserId WRITER = UserId.parse("@writer:example.org");
  private static final UserId WAITER = UserId.parse("@waiter:example.org");
  private static final Duration LONG = Duration.ofHours(1);

  @Override
  public String name() {
    return "wake-one";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int others = size.of(100, OTHERS / 10, OTHERS);
    int times = size.of(10, 5_000, 20_000);
    Community community = Community.inMemory();
    community.create(ROOM, WRITER).join(ROOM, WRITER).join(ROOM, WAITER);
    for (int i = 0; i < others; i++) {
      community.join(ELSEWHERE, Population.user(i));
    }
    double[] figures = new double[times];
    double[] floors = new double[times];
    AppendableEventStore store = community.store();
    try (Pool pool = new Pool();
        SyncEngine engine = SyncEngine.builder(store).executor(pool).build()) {
      new Parked(engine, pool, others, Population::user)
          .park(StreamToken.of(store.watermark(), 0, 0));
      for (int i = -times / 4; i < times; i++) {
        int slot = Math.max(0, i);
        floors[slot] = handOff(pool);
        figures[slot] = wake(community, store, engine);
        pool.awaitQuiet();
      }
      Expect.same(others, engine.parked(), "those who are parked elsewhere");
    }
    String question =
        String.format("append → one waiter's future done, %,d parked elsewhere: ", others);
    return List.of(
        row(question + "p50", figures, floors, 50).atMost(Amount.nanos(50_000)),
        row(question + "p99", figures, floors, 99).atMost(Amount.nanos(1_000_000)));
  }

  private static Row.Measured row(
      String question, double[] figures, double[] floors, double percent) {
    return Row.of(
        question,
        Amount.nanos(Interleaved.percentile(figures, percent)),
        Amount.nanos(Interleaved.percentile(floors, percent)));
  }

  private static long wake(Community community, AppendableEventStore store, SyncEngine engine) {
    StreamToken from = StreamToken.of(store.watermark(), 0, 0);
    CompletableFuture<EventBatch> poll = engine.stream(WAITER, from, LONG);
    CompletableFuture<Long> done = poll.thenApply(batch -> System.nanoTime());
    List<Append> message = List.of(community.message(ROOM, WRITER));
    long start = System.nanoTime();
    store.append(message);
    long taken = done.join() - start;
    Expect.single(poll.join(), from, message.get(0).event().id());
    return taken;
  }

  private static long handOff(Pool pool) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    long start = System.nanoTime();
    pool.execute(() -> done.complete(System.nanoTime()));
    return done.join() - start;
  }
}
