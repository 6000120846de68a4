package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/** Users with one parked poll each, all of which the same event answers. Confined to one thread. */
public final class Parked {
  private static final Duration LONG = Duration.ofHours(1);

  private final SyncEngine engine;
  private final Pool pool;
  private final StreamOptions options;
  private final UserId[] users;
  private final CompletableFuture<?>[] polls;
  private final StreamToken[] starts;
  private CountDownLatch answered = new CountDownLatch(0);

  /** Prepares the polls of {@code count} users; {@code pool} is the engine's executor. */
  public Parked(SyncEngine engine, Pool pool, int count, IntFunction<UserId> user) {
    this(engine, pool, count, user, StreamOptions.DEFAULT);
  }

  /** Prepares polls with options. */
  public Parked(
      SyncEngine engine, Pool pool, int count, IntFunction<UserId> user, StreamOptions options) {
    this.engine = engine;
    this.pool = pool;
    this.options = options;
    users = new UserId[count];
    java.util.Arrays.setAll(users, user);
    polls = new CompletableFuture<?>[count];
    starts = new StreamToken[count];
  }

  /** Polls for all users after the same token, and waits until all are parked. */
  public void park(StreamToken start) {
    park(start, 0);
  }

  /**
   * Polls for all users, and waits until all are parked. The first user polls after {@code start}, the next one
   * position earlier, and so on to {@code spread} positions earlier; then it begins again at {@code start}.
   */
  public void park(StreamToken start, int spread) {
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

  /** Waits until all polls are answered. */
  public void awaitAnswers() throws InterruptedException {
    Expect.arrival(answered);
  }

  /** Requires each answer to hold one event, and to start where the poll began. */
  public void expectOnly(EventId event) {
    for (int i = 0; i < users.length; i++) {
      Expect.single((EventBatch) polls[i].join(), starts[i], event);
    }
  }

  /** Returns the end token of the first answer, where the next poll may begin. */
  public StreamToken end() {
    return ((EventBatch) polls[0].join()).end();
  }
}
