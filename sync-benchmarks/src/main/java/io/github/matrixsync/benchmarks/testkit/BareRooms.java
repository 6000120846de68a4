package io.github.matrixsync.benchmarks.testkit;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An engine and a memory store alone, on the calling thread, with a clock that stands still. Confined to one thread.
 */
final class BareRooms implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(30);

  private final MemoryEventStore store = MemoryEventStore.create();
  private final SyncEngine engine = SyncEngine.builder(store)
      .executor(Runnable::run)
      .scheduler(new StandingTime())
      .build();
  private long seen;
  private boolean closed;

  private static final class StandingTime implements Scheduler {
    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
      return () -> {};
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }

  /** Makes each user poll, appends the events one by one, and returns how many events the users got in all. */
  long tell(List<UserId> users, List<RoomEvent> events) {
    for (UserId user : users) {
      listen(user, engine.initialSync(user, 0).end());
    }
    for (RoomEvent event : events) {
      store.append(List.of(Append.live(event)));
    }
    return seen;
  }

  private void listen(UserId user, StreamToken from) {
    CompletableFuture<Void> unused = engine.stream(user, from, POLL).thenAccept(batch -> {
      seen += batch.chunk().size();
      if (!closed) {
        listen(user, batch.end());
      }
    });
  }

  /** Polls at the end of the stream, without waiting. */
  void poll(List<UserId> users, int times) {
    for (UserId user : users) {
      StreamToken end = engine.initialSync(user, 0).end();
      for (int i = 0; i < times; i++) {
        Expect.that(
            engine.stream(user, end, Duration.ZERO).join().chunk().isEmpty(), "an event came");
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    engine.close();
    store.close();
  }
}
