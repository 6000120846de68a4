package io.github.matrixsync.benchmarks.sync;

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
import io.github.matrixsync.sync.SyncOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * How much heap does the engine hold per parked poll of {@code /sync}?
 *
 * <p>Data: 100,000 users in one room each, with a parked poll each and options that are equal but not the same object,
 * as from requests. The figure is the difference of the heap before and after parking, after full collections, divided
 * by the users. Floor: as many polls of v1's stream.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only sync-parked</pre>
 */
public final class SyncParked implements Question {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int USERS = 100_000;

  @Override
  public String name() {
    return "sync-parked";
  }

  @Override
  public int heap() {
    return 4;
  }

  @Override
  public List<Row> rows(Size size) {
    UserId[] users = new UserId[size.of(1_000, USERS / 10, USERS)];
    Arrays.setAll(users, Population::user);
    Amount floor = each(users, (engine, user) -> engine.stream(user, token(), LONG));
    Amount plain =
        each(users, (engine, user) -> engine.sync(user, token(), LONG, SyncOptions.DEFAULT));
    Amount filtered =
        each(users, (engine, user) -> engine.sync(user, token(), LONG, SyncWishes.of(20, true)));
    String of = String.format("heap per parked poll of /sync, %,d users", users.length);
    return List.of(
        Row.of(of + " (floor: v1's stream)", plain, floor).untargeted(),
        Row.of(of + ", a filter each (floor: v1's stream)", filtered, floor).untargeted());
  }

  private static StreamToken token() {
    return StreamToken.of(FormulaStore.START, 0, 0);
  }

  private static Amount each(
      UserId[] users, BiFunction<SyncEngine, UserId, CompletableFuture<?>> poll) {
    FormulaStore store = new FormulaStore(new Population(users.length, users.length, 1, false));
    try (Pool pool = new Pool();
        SyncEngine engine = SyncEngine.builder(store).executor(pool).build()) {
      CompletableFuture<?>[] polls = new CompletableFuture<?>[users.length];
      long before = Heap.used();
      Arrays.setAll(polls, i -> poll.apply(engine, users[i]));
      pool.awaitQuiet();
      Expect.same(users.length, engine.parked(), "parked polls");
      long after = Heap.used();
      Expect.that(!polls[0].isDone(), "a poll is answered");
      return Amount.bytes((double) (after - before) / users.length);
    }
  }
}
