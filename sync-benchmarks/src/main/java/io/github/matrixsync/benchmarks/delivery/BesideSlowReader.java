package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.SmallLimits;
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
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Interest;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Does an answer from memory wait for the store reads of other polls?
 *
 * <p>Data: 200 members whose polls are parked at the end of the stream, and two whose polls are so far behind it that
 * the window of eight events does not reach back to them; one message to the room of all. The store reads for the two
 * take three seconds. The figure is the time from the append until the last of the 200 is answered. Floor, in turn: the
 * same while the store reads take no time.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only beside-slow-reader</pre>
 */
public final class BesideSlowReader implements Question {
  private static final int MEMBERS = 200;
  private static final int BEHIND = 2;
  private static final int WINDOW = 8;
  private static final int THREADS = 4;
  private static final RoomId ELSEWHERE = RoomId.parse("!elsewhere:example.org");
  private static final UserId WRITER = UserId.parse("@writer:example.org");

  @Override
  public String name() {
    return "beside-slow-reader";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    long slow = size.of(100, 3_000, 3_000);
    Interleaved times =
        Interleaved.of(1, size.of(1, 3, 5), () -> lastAnswer(slow), () -> lastAnswer(0));
    String question = String.format(
        "message to %d members in memory, %d others reading the store for %s: last answered",
        MEMBERS, BEHIND, Amount.millis(slow));
    return List.of(Row.of(question, times).atMostTimesFloor(2));
  }

  private static long lastAnswer(long slowMillis) throws InterruptedException {
    Community community = Community.inMemory();
    for (RoomId room : List.of(Population.LOBBY, ELSEWHERE)) {
      community.create(room, WRITER).join(room, WRITER);
    }
    for (int i = 0; i < MEMBERS + BEHIND; i++) {
      community.join(Population.LOBBY, Population.user(i));
    }
    LongAdder slow = new LongAdder();
    StoreCalls calls = new StoreCalls((method, arguments) -> {
      boolean ofUser = method.equals("log") && arguments[0] instanceof Interest.OfUser;
      slow.add(ofUser ? 1 : 0);
      return ofUser ? slowMillis : 0;
    });
    AppendableEventStore store = community.store();
    try (Pool pool = new Pool(THREADS);
        SyncEngine engine = SmallLimits.window(
                WINDOW, SyncEngine.builder(calls.counted(EventStore.class, store)))
            .executor(pool)
            .build()) {
      Parked behind = new Parked(engine, pool, BEHIND, Population::user);
      behind.park(StreamToken.of(store.watermark(), 0, 0));
      community.messages(ELSEWHERE, WRITER, 2 * WINDOW).store();
      pool.awaitQuiet();
      Parked members =
          new Parked(engine, pool, MEMBERS, number -> Population.user(BEHIND + number));
      members.park(StreamToken.of(store.watermark(), 0, 0));
      long start = System.nanoTime();
      EventId event = community.say(Population.LOBBY, WRITER);
      members.awaitAnswers();
      long taken = System.nanoTime() - start;
      behind.awaitAnswers();
      members.expectOnly(event);
      behind.expectOnly(event);
      Expect.same(BEHIND, slow.sum(), "reads of those behind");
      return taken;
    }
  }
}
