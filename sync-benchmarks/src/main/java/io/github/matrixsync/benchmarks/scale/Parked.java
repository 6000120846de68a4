package io.github.matrixsync.benchmarks.scale;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Pool;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/** Users who wait for the same event, each from a place of their own. Confined to one thread. */
final class Parked {
  private static final Duration LONG = Duration.ofHours(1);

  private final SyncEngine engine;
  private final Pool pool;
  private final StreamOptions options;
  private final UserId[] users;
  private final CompletableFuture<?>[] polls;
  private final StreamToken[] starts;
  private CountDownLatch answered = new CountDownLatch(0);

  /** Prepares the polls of so many users; {@code pool} is the engine's executor. */
  Parked(SyncEngine engine, Pool pool, int count, IntFunction<UserId> user) {
    this(engine, pool, count, user, StreamOptions.DEFAULT);
  }

  /** Prepares polls with options. */
  Parked(SyncEngine engine, Pool pool, int count, IntFunction<UserId> user, StreamOptions options) {
    this.engine = engine;
    this.pool = pool;
    this.options = options;
    users = new UserId[count];
    java.util.Arrays.setAll(users, user);
    polls = new CompletableFuture<?>[count];
    starts = new StreamToken[count];
  }

  /** Parks everybody at the same place. */
  void park(StreamToken start) {
    park(start, 0);
  }

  /**
   * Parks everybody, one after the other at {@code start}, one position before it, and so on, up to {@code spread}
   * positions before it, and again.
   */
  void park(StreamToken start, int spread) {
    answered = new CountDownLatch(users.length);
    for (int i = 0; i < users.length; i++) {
      starts[i] = start.withRoom(start.room() - i % (spread + 1));
      CompletableFuture<EventBatch> poll = engine.stream(users[i], starts[i], LONG, options);
      CompletableFuture<Void> unused = poll.thenAccept(batch -> answered.countDown());
      polls[i] = poll;
    }
    pool.awaitQuiet();
    Expect.same(users.length, answered.getCount(), "parked streams");
  }

  /** Waits until everybody is answered. */
  void awaitAnswers() throws InterruptedException {
    Expect.arrival(answered);
  }

  /** Requires everybody to have got one event, and the place where they began. */
  void expectOnly(EventId event) {
    for (int i = 0; i < users.length; i++) {
      Expect.single((EventBatch) polls[i].join(), starts[i], event);
    }
  }

  /** Returns from where to go on. */
  StreamToken end() {
    return ((EventBatch) polls[0].join()).end();
  }
}
