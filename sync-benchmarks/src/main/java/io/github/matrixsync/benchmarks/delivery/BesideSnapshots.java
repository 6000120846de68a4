package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.benchmarks.world.StoreCalls;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Does a delivery wait for snapshots, as after a restart, when all clients take one?
 *
 * <p>Data: an engine on threads of its own, and a store each of whose reads takes 200 ms; 100 users in ten rooms take
 * their first snapshot at the same moment, and the parked poll of a member of another room gets a message right
 * afterwards. The figure is the time from the append to the member's answer, on a new engine each time. Floor, in turn:
 * the same without the snapshots.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only beside-snapshots</pre>
 */
public final class BesideSnapshots implements Question {
  private static final int SNAPSHOTS = 100;
  private static final int ROOMS = 10;
  private static final int LIMIT = 20;
  private static final UserId WRITER = UserId.parse("@writer:example.org");
  private static final UserId WAITER = UserId.parse("@waiter:example.org");
  private static final long UNDER_WAY_MILLIS = 100;

  @Override
  public String name() {
    return "beside-snapshots";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    long read = size.of(5, 200, 200);
    Interleaved times = Interleaved.of(
        size.of(0, 1, 1),
        size.of(1, 3, 5),
        () -> delivery(read, SNAPSHOTS),
        () -> delivery(read, 0));
    String question = String.format(
        "message to a parked member, %d cold initialSync running, reads of %d ms", SNAPSHOTS, read);
    return List.of(Row.of(question, times).atMostTimesFloor(2));
  }

  private static long delivery(long readMillis, int snapshots) throws InterruptedException {
    Community community = Community.inMemory();
    for (int room = 0; room < ROOMS; room++) {
      community.create(Population.room(room), WRITER).join(Population.room(room), WRITER);
      for (int user = 0; user < SNAPSHOTS; user++) {
        community.join(Population.room(room), Population.user(user));
      }
    }
    RoomId lobby = Population.LOBBY;
    community.create(lobby, WRITER).join(lobby, WRITER).join(lobby, WAITER);
    StoreCalls calls = StoreCalls.taking(readMillis);
    AppendableEventStore store = community.store();
    try (SyncEngine engine =
        SyncEngine.builder(calls.counted(EventStore.class, store)).build()) {
      StreamToken from = engine.stream(WAITER, null, Duration.ZERO).join().end();
      CompletableFuture<EventBatch> poll = engine.stream(WAITER, from, Duration.ofHours(1));
      for (int user = 0; user < snapshots; user++) {
        CompletableFuture<?> unused =
            engine.initialSyncAsync(Population.user(user), LIMIT, SnapshotOptions.DEFAULT);
      }
      Thread.sleep(UNDER_WAY_MILLIS);
      Expect.that(!poll.isDone(), "the member is answered too early");
      long start = System.nanoTime();
      EventId event = community.say(lobby, WRITER);
      EventBatch batch = poll.join();
      long taken = System.nanoTime() - start;
      Expect.single(batch, from, event);
      return taken;
    }
  }
}
