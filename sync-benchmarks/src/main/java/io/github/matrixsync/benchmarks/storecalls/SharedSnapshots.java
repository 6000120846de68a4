package io.github.matrixsync.benchmarks.storecalls;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.Roles;
import io.github.matrixsync.benchmarks.world.SnapshotWorld;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.store.AppendableEventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How much work do eight identical {@code initialSync} calls at the same moment take?
 *
 * <p>Data: a user in 200 rooms, 30 state entries and 20 messages each; eight threads that call at the same moment, on a
 * new engine each time, the worst of 30 rounds. Work is measured in the store calls of one snapshot; reads of the log,
 * which depend on the writer, do not count. Once without writes, and once while a writer appends to one of the rooms
 * without a pause.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only shared-snapshots</pre>
 */
public final class SharedSnapshots implements Question {
  private static final int REQUESTS = 8;
  private static final int LIMIT = 20;

  @Override
  public String name() {
    return "shared-snapshots";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int rooms = size.of(5, 200, 200);
    int times = size.of(2, 10, 30);
    ExecutorService clients = Executors.newCachedThreadPool();
    AppendableEventStore store = SnapshotWorld.of(rooms, 30, LIMIT, false);
    try {
      double atRest = worst(clients, store, rooms, times);
      AtomicBoolean stop = new AtomicBoolean();
      Future<?> writer = clients.submit(() -> write(store, stop));
      double writing = worst(clients, store, rooms, times);
      stop.set(true);
      writer.get();
      return List.of(
          Row.of("8 identical initialSync at once, at rest: work of so many", Amount.count(atRest))
              .atMost(Amount.count(1)),
          Row.of("the same with a writer running", Amount.count(writing)).atMost(Amount.count(2)));
    } finally {
      clients.shutdownNow();
    }
  }

  private static double worst(
      ExecutorService clients, AppendableEventStore store, int rooms, int times) throws Exception {
    double worst = 0;
    for (int i = 0; i < times; i++) {
      double one = calls(clients, store, rooms, 1);
      worst = Math.max(worst, calls(clients, store, rooms, REQUESTS) / one);
    }
    return worst;
  }

  private static long calls(
      ExecutorService clients, AppendableEventStore store, int rooms, int requests)
      throws Exception {
    StoreCalls calls = new StoreCalls();
    try (SyncEngine engine = Roles.counted(store, calls).build()) {
      CyclicBarrier together = new CyclicBarrier(requests);
      Callable<InitialSync> request = () -> {
        together.await();
        return engine.initialSync(SnapshotWorld.USER, LIMIT);
      };
      List<Callable<InitialSync>> all = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        all.add(request);
      }
      for (Future<InitialSync> answer : clients.invokeAll(all)) {
        Expect.same(rooms, answer.get().rooms().size(), "rooms of a snapshot");
      }
      return calls.total("log", "refresh");
    }
  }

  private static void write(AppendableEventStore store, AtomicBoolean stop) {
    Community community = Community.of(store);
    while (!stop.get()) {
      store.append(List.of(community.message(Population.room(0), SnapshotWorld.OTHER)));
    }
  }
}
