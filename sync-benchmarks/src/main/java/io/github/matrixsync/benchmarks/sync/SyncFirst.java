package io.github.matrixsync.benchmarks.sync;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Roles;
import io.github.matrixsync.benchmarks.world.SnapshotWorld;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long does an answer of {@code /sync} take that has everything?
 *
 * <p>Data: a user in 200 and in 1,000 rooms, each with 30 state entries and 20 messages of which the answer has all,
 * in a memory store; the engine has answered before. By turns with the floor: v1's {@code initialSync} of the same
 * rooms and messages. Beside it, the store calls of the first answer of a new engine with stores for every role.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only sync-first</pre>
 */
public final class SyncFirst implements Question {
  private static final int STATE = 30;
  private static final int MESSAGES = 20;
  private static final int MOST_CALLS = 11;

  @Override
  public String name() {
    return "sync-first";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int rooms : new int[] {size.of(2, 200, 200), size.of(3, 1_000, 1_000)}) {
      EventStore store = SnapshotWorld.of(rooms, STATE, MESSAGES, false);
      for (boolean lazy : new boolean[] {false, true}) {
        String of = String.format(
            "first /sync of %,d rooms%s", rooms, lazy ? ", members loaded lazily" : "");
        rows.add(Row.of(of + " (floor: initialSync)", times(store, rooms, lazy, size))
            .untargeted());
        rows.add(Row.of(of + ": store calls of the events", Amount.count(calls(store, lazy)))
            .atMost(Amount.count(MOST_CALLS)));
      }
    }
    return rows;
  }

  private static Interleaved times(EventStore store, int rooms, boolean lazy, Size size)
      throws Exception {
    try (SyncEngine engine = SyncEngine.builder(store).executor(Runnable::run).build()) {
      SyncOptions options = SyncWishes.of(MESSAGES, lazy);
      return Interleaved.of(
          size.of(0, 40, 40),
          size.of(1, 7, 15),
          () -> Interleaved.time(() -> Expect.same(
              rooms,
              engine
                  .sync(SnapshotWorld.USER, null, Duration.ZERO, options)
                  .join()
                  .rooms()
                  .join()
                  .size(),
              "rooms of an answer")),
          () -> Interleaved.time(() -> Expect.same(
              rooms,
              engine.initialSync(SnapshotWorld.USER, MESSAGES).rooms().size(),
              "rooms of a snapshot")));
    }
  }

  private static long calls(EventStore store, boolean lazy) {
    StoreCalls calls = new StoreCalls();
    StoreCalls others = new StoreCalls();
    try (SyncEngine engine = Roles.counted(calls.counted(EventStore.class, store), others)
        .executor(Runnable::run)
        .build()) {
      calls.reset();
      SyncResponse unused = engine
          .sync(SnapshotWorld.USER, null, Duration.ZERO, SyncWishes.of(MESSAGES, lazy))
          .join();
      return calls.total("refresh");
    }
  }
}
