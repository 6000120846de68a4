package io.github.matrixsync.law.sync;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.law.Between;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.sync.StateMode;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.world.ManualScheduler;
import io.github.matrixsync.world.SteppedExecutor;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An engine over a random host, on one thread, with a clock that is moved by hand. Confined to one thread. */
final class LawHost implements AutoCloseable {
  final SyncWorld world;
  private final SteppedExecutor executor;
  private final ManualScheduler time = new ManualScheduler();
  private final SyncEngine engine;

  /**
   * Starts an engine.
   *
   * @param seed determines the order of the engine's tasks
   * @param beforeRead runs before each read of room events
   */
  LawHost(long seed, SyncWorld world, Runnable beforeRead) {
    this.world = world;
    executor = new SteppedExecutor(new Random(~seed));
    engine = SmallLimits.window(
            world.host.window(),
            SyncEngine.builder(Between.beforeReads(EventStore.class, world.store, beforeRead)))
        .watch(WatchSettings.DEFAULT.withFallbackInterval(Duration.ofHours(1)))
        .settings(world.settings)
        .presence(world.side.presence)
        .typing(world.side.typing)
        .receipts(world.side.receipts)
        .accountData(world.side.accountData)
        .gaps(world.store)
        .toDevice(world.side.inbox)
        .deviceLists(world.side.deviceLists)
        .notificationCounts(world.side.counts)
        .polls(PollSettings.DEFAULT.withPresenceHold(Duration.ZERO))
        .clock(() -> World.NOW.plusNanos(time.nanoTime()))
        .executor(executor)
        .scheduler(time)
        .build();
  }

  /** Begins a call with the token of a loop's client. */
  CompletableFuture<SyncResponse> call(SyncLoop loop, Duration timeout, boolean full) {
    SyncWish wish = loop.client.wish();
    SyncOptions options = SyncOptions.DEFAULT
        .withFilter(FilterSpec.parse(wish.filter()))
        .withFullState(full)
        .withStateMode(wish.after() ? StateMode.AFTER : StateMode.BEFORE);
    if (loop.device.isPresent()) {
      options = options.withDevice(DeviceId.parse(loop.device.get()));
    }
    String token = loop.client.token();
    return engine.sync(UserId.parse(loop.user), since(token), timeout, options);
  }

  private static @Nullable StreamToken since(@Nullable String token) {
    return token == null ? null : StreamToken.parse(token);
  }

  /** Reads a page of a room's history. */
  MessagePage page(String user, String room, MessagesOptions options) {
    return engine.messages(UserId.parse(user), RoomId.parse(room), options);
  }

  /** Runs all tasks that can run now. */
  void pump() {
    while (executor.step()) {}
  }

  /** Lets time pass, and runs the tasks that become due. */
  void pass(Duration duration) {
    time.advance(duration);
    pump();
  }

  @Override
  public void close() {
    engine.close();
  }
}
