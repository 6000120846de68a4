package io.github.matrixsync.benchmarks.storecalls;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Parked;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import java.util.List;

/**
 * Does a backfill make parked polls read the store?
 *
 * <p>Data: 1,000 parked polls of the members of one room, behind the end of the stream by ten messages of another room.
 * A message of a third room is backfilled; when the engine is idle, a message is sent to the first room. The figure is
 * the number of store calls between that message and the last answer. Floor: the same without the backfill.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only after-backfill</pre>
 */
public final class AfterBackfill implements Question {
  private static final int MEMBERS = 1_000;
  private static final int ELSEWHERE = 10;
  private static final RoomId BUSY = RoomId.parse("!busy:example.org");
  private static final RoomId OLD = RoomId.parse("!old:example.org");
  private static final UserId WRITER = Population.user(0);

  @Override
  public String name() {
    return "after-backfill";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int members = size.of(20, MEMBERS, MEMBERS);
    String question = String.format(
        "store calls of a message to %,d parked members behind the end, after a backfill", members);
    Amount with = Amount.count(calls(members, true));
    return List.of(Row.of(question, with, Amount.count(calls(members, false))).atMostTimesFloor(1));
  }

  private static long calls(int members, boolean backfill) throws InterruptedException {
    Community community = Community.inMemory();
    for (RoomId room : List.of(Population.LOBBY, BUSY, OLD)) {
      community.create(room, WRITER).join(room, WRITER);
    }
    for (int i = 1; i < members; i++) {
      community.join(Population.LOBBY, Population.user(i));
    }
    UserId elsewhere = UserId.parse("@elsewhere:example.org");
    community.join(BUSY, elsewhere);
    StoreCalls calls = new StoreCalls();
    AppendableEventStore store = community.store();
    try (Pool pool = new Pool();
        SyncEngine engine = SyncEngine.builder(calls.counted(EventStore.class, store))
            .executor(pool)
            .build()) {
      // the writer, who is in the busy room too, is not among those who are parked
      Parked parked = new Parked(engine, pool, members - 1, number -> Population.user(number + 1));
      parked.park(StreamToken.of(store.watermark(), 0, 0));
      community.messages(BUSY, elsewhere, ELSEWHERE).store();
      pool.awaitQuiet();
      if (backfill) {
        community.backfill(OLD, WRITER);
        pool.awaitQuiet();
      }
      calls.reset();
      EventId event = community.say(Population.LOBBY, WRITER);
      parked.awaitAnswers();
      long total = calls.total("refresh");
      parked.expectOnly(event);
      return total;
    }
  }
}
