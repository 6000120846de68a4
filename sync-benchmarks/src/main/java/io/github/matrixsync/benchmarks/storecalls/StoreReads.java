package io.github.matrixsync.benchmarks.storecalls;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.FormulaStore;
import io.github.matrixsync.benchmarks.world.Parked;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.Roles;
import io.github.matrixsync.benchmarks.world.SnapshotWorld;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How many store calls do the answers to all polls of a room, an empty poll and a snapshot take?
 *
 * <p>Data: an engine with all roles, each of which counts its calls; watermarks, and the engine's periodic look at
 * them, do not count. First 1, 1,000 and 100,000 users of one room with polls that have been parked for ten seconds by
 * the engine's clock, and one message: the calls between the append and the last answer. Then polls without an event,
 * at the head and behind 1,000 events of other rooms. Then snapshots of a user in 200 and 1,000 rooms, on new engines.
 * There is no floor; one read is the minimum.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only store-calls</pre>
 */
public final class StoreReads implements Question {
  private static final int FOREIGN = 1_000;
  private static final int POLLS = 100;
  private static final RoomId ELSEWHERE = RoomId.parse("!elsewhere:example.org");
  private static final UserId NOBODY = UserId.parse("@nobody:example.org");

  @Override
  public String name() {
    return "store-calls";
  }

  @Override
  public int heap() {
    return 4;
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int parked : new int[] {1, size.of(10, 1_000, 1_000), size.of(100, 10_000, 100_000)}) {
      long calls = perMessage(parked);
      rows.add(Row.of(
              String.format("store calls from append to last answer, %,d parked", parked),
              Amount.count(calls))
          .atMost(Amount.count(1)));
    }
    rows.add(emptyPoll("store calls of an empty poll at the head", 0));
    rows.add(emptyPoll("store calls of an empty poll behind 1,000 foreign events", FOREIGN));
    int few = size.of(2, 200, 200);
    int many = size.of(10, 1_000, 1_000);
    long ofFew = perSnapshot(few);
    rows.add(Row.of(
            String.format("store calls of initialSync, %,d rooms (floor: %,d rooms)", many, few),
            Amount.count(perSnapshot(many)),
            Amount.count(ofFew))
        .atMostTimesFloor(1));
    return rows;
  }

  private static Row emptyPoll(String question, int foreign) {
    double calls = perEmptyPoll(foreign);
    return Row.of(question, Amount.count(calls)).target("0", calls == 0);
  }

  private static long perMessage(int users) throws Exception {
    StoreCalls calls = new StoreCalls();
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    FormulaStore store = new FormulaStore(Population.inLobby(users));
    try (Pool pool = new Pool();
        SyncEngine engine =
            Roles.counted(store, calls).executor(pool).clock(now::get).build()) {
      Community community = Community.of(store);
      Parked parked = new Parked(engine, pool, users, Population::user);
      parked.park(head(engine, NOBODY));
      now.updateAndGet(before -> before.plusSeconds(10));
      calls.reset();
      EventId event = community.say(Population.LOBBY, Population.user(0));
      parked.awaitAnswers();
      long total = calls.total("refresh");
      parked.expectOnly(event);
      return total;
    }
  }

  private static double perEmptyPoll(int foreign) {
    StoreCalls calls = new StoreCalls();
    FormulaStore store = new FormulaStore(Population.inLobby(1));
    try (Pool pool = new Pool();
        SyncEngine engine = Roles.counted(store, calls).executor(pool).build()) {
      UserId user = Population.user(0);
      StreamToken from = head(engine, user);
      Community.of(store).messages(ELSEWHERE, NOBODY, foreign).store();
      engine.stream(user, from, Duration.ZERO).join();
      pool.awaitQuiet();
      calls.reset();
      for (int i = 0; i < POLLS; i++) {
        EventBatch batch = engine.stream(user, from, Duration.ZERO).join();
        Expect.same(0, batch.chunk().size(), "events that are not due");
        Expect.same(from.room() + foreign, batch.end().room(), "the end");
      }
      return (double) calls.total("refresh") / POLLS;
    }
  }

  private static long perSnapshot(int rooms) {
    StoreCalls calls = new StoreCalls();
    EventStore store = SnapshotWorld.of(rooms, 30, 20, false);
    try (SyncEngine engine = Roles.counted(store, calls).build()) {
      engine.stream(NOBODY, null, Duration.ZERO).join();
      calls.reset();
      Expect.same(
          rooms, engine.initialSync(SnapshotWorld.USER, 20).rooms().size(), "rooms of a snapshot");
      return calls.total("refresh");
    }
  }

  private static StreamToken head(SyncEngine engine, UserId user) {
    return engine.stream(user, null, Duration.ZERO).join().end();
  }
}
