package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.http.FreePort;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** The bridge as an application service, on a thread of its own: it knows the URL of the server and two tokens. */
final class OverHttp extends BridgeFixture {
  /** Short, since this bridge answers a transaction when all that it causes is done. */
  private static final Duration QUIET = Duration.ofMillis(10);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "bridge"));
  private int port;
  private TestService service;
  private TransactionServer transactions;

  @Override
  TestUser createBot() {
    port = FreePort.next();
    service = world
        .service("ircbot")
        .users("@irc_.*")
        .receivesEphemeral()
        .url(URI.create("http://127.0.0.1:" + port))
        .register();
    return service.sender();
  }

  @Override
  void startBridge(Flaw flaw, Predicate<UserId> ours, Map<RoomId, String> channels)
      throws IOException {
    network = new FakeNetwork(thread, this::settle);
    Homeserver homeserver = new HttpHomeserver(world.server().url(), service.asToken());
    Bridge bridge = new Bridge(
        flaw.homeserver(homeserver),
        flaw.network(network),
        flaw.delays(delaysOfTheThread()),
        ours,
        channels);
    bridge.start();
    transactions = new TransactionServer(port, service.hsToken(), thread, bridge::onMatrix);
  }

  /** Returns delays whose tasks run on the thread of the bridge, while the time of the world stands still. */
  private Delays delaysOfTheThread() {
    Delays inWorld = delays();
    return (task, delay) ->
        inWorld.schedule(() -> CompletableFuture.runAsync(task, thread).join(), delay);
  }

  @Override
  void stopBridge() {
    transactions.close();
    thread.shutdownNow();
  }

  @Override
  void settle() {
    finishTasks();
    service.settle(QUIET);
    finishTasks();
  }

  /** Waits until the thread of the bridge has done what it was given so far. */
  private void finishTasks() {
    CompletableFuture.runAsync(() -> {}, thread).join();
  }

  @Override
  void assertThatBridgeListens() {
    service.settle();
  }
}
