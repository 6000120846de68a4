package io.github.matrixsync.benchmarks.storecalls;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Parked;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Do polls of peeking users cost more than polls of members?
 *
 * <p>Data: a world readable room, and 1,000 parked polls for this room by users who are not in it; one message, over a
 * store each of whose reads takes a millisecond, on four threads. The figures are the store calls from the append to
 * the last answer, the most of all rounds, with the calls for a single poll as floor; the time to the last answer, with
 * that of as many members, in turn, as floor; and the number of threads that completed the answers, the most of all
 * rounds, beside that for the members.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only peekers</pre>
 */
public final class Peekers implements Question {
  private static final int PEEKERS = 1_000;
  private static final int THREADS = 4;
  private static final RoomId ROOM = Population.LOBBY;
  private static final UserId WRITER = UserId.parse("@writer:example.org");

  @Override
  public String name() {
    return "peekers";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int count = size.of(20, PEEKERS, PEEKERS);
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM);
    try (Scene peekers = new Scene(count, false, peek);
        Scene members = new Scene(count, true, StreamOptions.DEFAULT);
        Scene single = new Scene(1, false, peek)) {
      Interleaved times =
          Interleaved.of(size.of(1, 5, 10), size.of(1, 9, 21), peekers::message, members::message);
      single.message();
      single.message();
      String of = String.format("message to %,d who peek: ", count);
      return List.of(
          Row.of(
                  of + "store calls (floor: to one)",
                  Amount.count(peekers.calls),
                  Amount.count(single.calls))
              .atMostTimesFloor(1),
          Row.of(of + "last answered (floor: as many members)", times).atMostTimesFloor(5),
          Row.of(
                  of + "threads that answer (floor: as many members)",
                  Amount.count(peekers.threads),
                  Amount.count(members.threads))
              .untargeted());
    }
  }

  /** A room and the parked polls for it. */
  private static final class Scene implements AutoCloseable {
    private final Community community = Community.inMemory();
    private final StoreCalls counted = StoreCalls.taking(1);
    private final Pool pool = new Pool(THREADS);
    private final Set<Thread> answering = ConcurrentHashMap.newKeySet();
    private final AppendableEventStore store;
    private final SyncEngine engine;
    private final Parked parked;
    private long calls;
    private int threads;

    Scene(int count, boolean joined, StreamOptions options) {
      community.create(ROOM, WRITER).join(ROOM, WRITER).worldReadable(ROOM, WRITER);
      for (int i = 0; joined && i < count; i++) {
        community.join(ROOM, Population.user(i));
      }
      store = community.store();
      engine = SyncEngine.builder(counted.counted(EventStore.class, store))
          .executor(pool)
          .observer(observer(answering))
          .build();
      parked = new Parked(engine, pool, count, Population::user, options);
    }

    long message() throws InterruptedException {
      parked.park(engine.stream(WRITER, null, Duration.ZERO).join().end());
      counted.reset();
      answering.clear();
      long start = System.nanoTime();
      EventId event = community.say(ROOM, WRITER);
      parked.awaitAnswers();
      long taken = System.nanoTime() - start;
      calls = Math.max(calls, counted.total("refresh"));
      threads = Math.max(threads, answering.size());
      parked.expectOnly(event);
      return taken;
    }

    private static PollObserver observer(Set<Thread> ending) {
      return new PollObserver() {
        @Override
        public void pollBegan(UserId user) {}

        @Override
        public void pollEnded(UserId user) {
          ending.add(Thread.currentThread());
        }
      };
    }

    @Override
    public void close() {
      engine.close();
      pool.close();
    }
  }
}
