package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.FormulaStore;
import io.github.matrixsync.benchmarks.world.Parked;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;

/**
 * How long does it take to wake a million parked polls by one event?
 *
 * <p>Data: 1,000,000 users in one room, with polls parked at 1,000 different positions, between which there are events
 * of another room; one message to the room. The figure is the time from before the append until the last future is
 * done; then every batch is checked for its own {@code start} and for the message. Floor: as many bare futures, each
 * with a dependent, completed in chunks on the same executor.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only wake-all</pre>
 */
public final class WakeAll implements Question {
  private static final int USERS = 1_000_000;
  private static final int PLACES = 1_000;
  private static final RoomId ELSEWHERE = RoomId.parse("!elsewhere:example.org");
  private static final UserId NOBODY = UserId.parse("@nobody:example.org");

  @Override
  public String name() {
    return "wake-all";
  }

  @Override
  public int heap() {
    return 8;
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int users = size.of(1_000, USERS / 10, USERS);
    int places = size.of(10, PLACES, PLACES);
    FormulaStore store = new FormulaStore(Population.inLobby(users));
    try (Pool pool = new Pool();
        SyncEngine engine = SyncEngine.builder(store).executor(pool).build()) {
      Community community = Community.of(store);
      Parked parked = new Parked(engine, pool, users, Population::user);
      BareCompletions bare = new BareCompletions(pool, users);
      Interleaved times = Interleaved.of(
          size.of(0, 1, 2),
          size.of(1, 3, 5),
          () -> wake(community, parked, places),
          () -> bare.nanos(true, number -> {}));
      return List.of(Row.of(String.format("wake %,d parked streams by one event", users), times)
          .atMostTimesFloor(10));
    }
  }

  private static long wake(Community community, Parked parked, int places)
      throws InterruptedException {
    community.messages(ELSEWHERE, NOBODY, places);
    parked.park(StreamToken.of(community.store().watermark(), 0, 0), places - 1);
    long start = System.nanoTime();
    EventId event = community.say(Population.LOBBY, Population.user(0));
    parked.awaitAnswers();
    long taken = System.nanoTime() - start;
    parked.expectOnly(event);
    return taken;
  }
}
