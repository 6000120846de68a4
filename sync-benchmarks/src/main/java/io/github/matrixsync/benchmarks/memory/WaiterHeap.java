package io.github.matrixsync.benchmarks.memory;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Heap;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.event.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What would a waiter take that is put together from the JDK's parts?
 *
 * <p>Data: 1,000,000 futures, each found by its user in a map, each with a deadline in an hour: by {@code orTimeout},
 * or by an entry of a scheduled executor that cancels it. The figure is what one takes, as in {@code parked-heap},
 * whose first line says what the engine's takes for the same. Floor: a bare {@code CompletableFuture} each.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only waiter-heap</pre>
 */
public final class WaiterHeap implements Question {
  @Override
  public String name() {
    return "waiter-heap";
  }

  @Override
  public int heap() {
    return 4;
  }

  @Override
  public List<Row> rows(Size size) {
    UserId[] users = new UserId[size.of(1_000, ParkedHeap.USERS / 10, ParkedHeap.USERS)];
    Arrays.setAll(users, Population::user);
    Amount floor = each(users, user -> new CompletableFuture<>(), false);
    String of = String.format("heap per waiter, %,d users: future in a map, ", users.length);
    Amount timeout =
        each(users, user -> new CompletableFuture<>().orTimeout(1, TimeUnit.HOURS), true);
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    timer.setRemoveOnCancelPolicy(true);
    Amount scheduled = each(users, user -> scheduled(timer), true);
    timer.shutdownNow();
    return List.of(
        Row.of(of + "orTimeout", timeout, floor).untargeted(),
        Row.of(of + "scheduled executor", scheduled, floor).untargeted());
  }

  private static CompletableFuture<?> scheduled(ScheduledThreadPoolExecutor timer) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    var deadline = timer.schedule(() -> future.complete(null), 1, TimeUnit.HOURS);
    CompletableFuture<Void> unused =
        future.whenComplete((nothing, failure) -> deadline.cancel(false));
    return future;
  }

  private static Amount each(
      UserId[] users, Function<UserId, CompletableFuture<?>> waiter, boolean found) {
    CompletableFuture<?>[] waiters = new CompletableFuture<?>[users.length];
    ConcurrentHashMap<UserId, CompletableFuture<?>> byUser = new ConcurrentHashMap<>();
    long before = Heap.used();
    Arrays.setAll(waiters, i -> waiter.apply(users[i]));
    if (found) {
      Arrays.setAll(waiters, i -> {
        byUser.put(users[i], waiters[i]);
        return waiters[i];
      });
    }
    long after = Heap.used();
    Expect.same(found ? users.length : 0, byUser.size(), "waiters by user");
    for (CompletableFuture<?> one : waiters) {
      one.cancel(false);
    }
    return Amount.bytes((double) (after - before) / users.length);
  }
}
