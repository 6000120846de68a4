package io.github.matrixsync.benchmarks.sync;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.benchmarks.world.Community;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.FormulaStore;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.benchmarks.world.Population;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;

/**
 * How long does it take from an append until 10,000 parked polls of {@code /sync} are answered?
 *
 * <p>Data: 10,000 users in one room, all parked after the same token; one message to the room. The figure is the time
 * from the append until the last answer is there; an answer of each run is checked. By turns with the floor: as many
 * polls of v1's stream.
 *
 * <pre>java -jar sync-benchmarks/target/benchmarks.jar --only sync-wake-room</pre>
 */
public final class SyncWakeRoom implements Question {
  private static final Duration LONG = Duration.ofHours(1);

  @Override
  public String name() {
    return "sync-wake-room";
  }

  @Override
  public List<Row> rows(Size size) throws Exception {
    int members = size.of(100, 10_000, 10_000);
    UserId[] users = new UserId[members];
    Arrays.setAll(users, Population::user);
    FormulaStore store = new FormulaStore(Population.inLobby(members));
    Community community = Community.of(store);
    try (Pool pool = new Pool();
        SyncEngine engine = SyncEngine.builder(store).executor(pool).build()) {
      SyncOptions options = SyncWishes.of(20, false);
      Waking waking = new Waking(List.of(users), pool, community);
      Interleaved times = Interleaved.of(
          size.of(0, 10, 10),
          size.of(1, 15, 31),
          () -> waking.nanos(
              (user, since) -> engine.sync(user, since, LONG, options),
              (answer, message) ->
                  SyncWishes.expectSingle((SyncResponse) answer, Population.LOBBY, message)),
          () -> waking.nanos(
              (user, since) -> engine.stream(user, since, LONG), (answer, message) -> {}));
      String question = String.format(
          "%,d parked polls of /sync, one message: append → last answer (floor: v1's stream)",
          members);
      return List.of(Row.of(question, times).untargeted());
    }
  }

  /** The users of one room, who poll and are woken together. */
  private record Waking(List<UserId> users, Pool pool, Community community) {
    /** Checks an answer. */
    private interface Check {
      void check(Object answer, EventId message);
    }

    long nanos(
        BiFunction<UserId, StreamToken, CompletableFuture<? extends Object>> poll, Check check)
        throws InterruptedException {
      CountDownLatch answered = new CountDownLatch(users.size());
      StreamToken since = StreamToken.of(community.store().watermark(), 0, 0);
      CompletableFuture<?> last = null;
      for (UserId user : users) {
        last = poll.apply(user, since);
        CompletableFuture<Void> unused = last.thenAccept(answer -> answered.countDown());
      }
      pool.awaitQuiet();
      Expect.same(users.size(), answered.getCount(), "parked polls");
      long start = System.nanoTime();
      EventId message = community.say(Population.LOBBY, users.get(0));
      Expect.arrival(answered);
      long taken = System.nanoTime() - start;
      check.check(Objects.requireNonNull(last).join(), message);
      return taken;
    }
  }
}
