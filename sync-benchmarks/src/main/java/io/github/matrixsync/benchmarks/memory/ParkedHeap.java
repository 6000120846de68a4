package io.github.matrixsync.benchmarks.memory;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.FormulaStore;
import io.github.matrixsync.benchmarks.world.Heap;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How much heap does the engine hold per parked poll?
 *
 * <p>Data: 1,000,000 users with a parked poll each, in 10 of 100,000 rooms by Zipf, over a store that computes
 * memberships and holds none. Tokens and room ids are new objects for each call, as from requests and table rows, so
 * the figure includes those that the engine holds; user ids belong to the host's accounts. The figure is the difference
 * of the heap before and after parking, each after full collections, divided by the users. For users without a room the
 * engine holds the poll, its timer entry and its place in the index by user; for users in rooms everything. Floor: a
 * bare {@code CompletableFuture} each.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only parked-heap</pre>
 */
public final class ParkedHeap implements Question {
  static final int USERS = 1_000_000;
  static final int ROOMS = 100_000;
  static final int ROOMS_EACH = 10;
  private static final Duration LONG = Duration.ofHours(1);
  private static final int CLASSES_SHOWN = 25;

  @Override
  public String name() {
    return "parked-heap";
  }

  @Override
  public int heap() {
    return 12;
  }

  @Override
  public List<Row> rows(Size size) {
    int users = size.of(1_000, USERS / 10, USERS);
    int rooms = size.of(100, ROOMS / 10, ROOMS);
    UserId[] ids = new UserId[users];
    Arrays.setAll(ids, Population::user);
    Amount floor = bare(users);
    Amount waiter = parked(new Population(users, rooms, 0, false), ids, false);
    boolean shown = size == Size.FULL;
    Amount everything = parked(new Population(users, rooms, ROOMS_EACH, false), ids, shown);
    String of = String.format("%,d", users);
    return List.of(
        Row.of(
                "heap per parked stream, " + of + " users: waiter + timer + index by user",
                waiter,
                floor)
            .atMost(Amount.bytes(200)),
        Row.of(
                "the same, each in 10 rooms: everything the engine holds per user",
                everything,
                floor)
            .atMost(Amount.bytes(1_024)));
  }

  private static Amount bare(int users) {
    CompletableFuture<?>[] futures = new CompletableFuture<?>[users];
    long before = Heap.used();
    Arrays.setAll(futures, i -> new CompletableFuture<>());
    return perUser(before, Heap.used(), futures);
  }

  private static Amount parked(Population population, UserId[] ids, boolean shown) {
    CompletableFuture<?>[] polls = new CompletableFuture<?>[ids.length];
    String from = StreamToken.of(FormulaStore.START, 0, 0).toString();
    FormulaStore store = new FormulaStore(population);
    try (Pool pool = new Pool();
        SyncEngine engine = SyncEngine.builder(store).executor(pool).build()) {
      pool.awaitQuiet();
      long before = Heap.used();
      for (int i = 0; i < ids.length; i++) {
        polls[i] = engine.stream(ids[i], StreamToken.parse(from), LONG);
      }
      pool.awaitQuiet();
      long after = Heap.used();
      Expect.same(ids.length, engine.parked(), "parked streams");
      if (shown) {
        System.err.println(Heap.largestClasses(CLASSES_SHOWN));
      }
      return perUser(before, after, polls);
    }
  }

  private static Amount perUser(long before, long after, Object[] alive) {
    Expect.that(alive[0] != null, "nothing is alive");
    return Amount.bytes((double) (after - before) / alive.length);
  }
}
