package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.homeserver.Apis;
import io.github.matrixsync.homeserver.Requests;
import io.github.matrixsync.homeserver.appservice.Introductions;
import io.github.matrixsync.homeserver.appservice.PushPositions;
import io.github.matrixsync.homeserver.appservice.Pusher;
import io.github.matrixsync.homeserver.appservice.ServiceClient;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.push.UnreadCounter;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.room.EventFactory;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The server: creates its parts and connects them. Thread-safe. */
final class HomeServer implements AutoCloseable {
  /** The most bytes of a request line, which has the query with a filter. */
  static final int LONGEST_LINE = 16 << 10;

  /** How long answers may still take after the drain has ended. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

  private static final int POLLS = 200_000;

  /** So many that a load test needs only one user. */
  private static final int POLLS_PER_USER = 100_000;

  /** The time over which parked polls are answered before a restart. */
  private static final Duration RESTART = Duration.ofMillis(200);

  final Stores stores;
  private final LeftRooms leftRooms;
  private final ServerParts parts;
  private final Introductions introductions;
  private final UnreadCounter unread;
  private final PushPositions positions = PushPositions.inMemory();
  private final Meters meters = new Meters();
  private final Vertx vertx = vertx();
  private volatile RunningEngine running;
  private volatile Apis apis;
  private volatile Requests requests;
  private volatile boolean restarts;
  private volatile @Nullable HttpServer http;
  private volatile String listeningOn = "";
  private volatile Optional<String> publicUrl = Optional.empty();

  private static Vertx vertx() {
    Vertx vertx = Vertx.vertx();
    vertx.exceptionHandler(HomeServer::failed);
    return vertx;
  }

  private static void failed(Throwable failure) {
    FullHeap.check(failure);
    LoggerFactory.getLogger(HomeServer.class).error("a handler failed", failure);
  }

  /** Creates a server without application services, in memory. */
  HomeServer(String serverName, LeftRooms leftRooms) {
    this(serverName, leftRooms, List.of(), Stores.inMemory());
  }

  /** Creates the parts. The server closes the stores. */
  HomeServer(
      String serverName, LeftRooms leftRooms, List<Registration> registrations, Stores stores) {
    this.stores = stores;
    this.leftRooms = leftRooms;
    Rooms rooms = new Rooms(stores.events(), new EventFactory(serverName));
    parts = new ServerParts(host(serverName), stores, rooms, registrations);
    parts
        .serviceClients()
        .addAll(ServiceClient.of(parts.services().all(), new HttpConnection(vertx)));
    introductions = new Introductions(parts.serviceClients(), parts.accounts(), parts.aliases());
    unread = new UnreadCounter(
        stores.events(),
        stores.receipts(),
        stores.accountData(),
        stores.settings(),
        parts.pushRules(),
        rooms);
    running = start();
    apis = new Apis(parts, running.engine(), stores.events(), running.edge());
    requests = requests(apis);
  }

  private RunningEngine start() {
    SyncEngineBuilder builder = SyncEngine.builder(stores.events())
        .presence(stores.presence())
        .typing(stores.typing())
        .receipts(stores.receipts())
        .accountData(stores.accountData())
        .directory(stores.directory())
        .settings(stores.settings())
        .toDevice(stores.devices().inbox())
        .deviceLists(stores.devices().lists())
        .keyCounts(stores.devices().keyCounts())
        .transactionIds(stores.devices().transactionIds())
        .notificationCounts(unread)
        .observer(parts.presences())
        .polls(PollSettings.DEFAULT.withPerUser(POLLS_PER_USER).withInAll(POLLS));
    stores.relations().ifPresent(builder::relations);
    SyncEngine engine = builder.build();
    List<Pusher> pushers = parts.serviceClients().stream()
        .map(client -> new Pusher(engine, client, positions, pushing()))
        .toList();
    pushers.forEach(Pusher::start);
    return new RunningEngine(
        engine,
        RestEdge.of(engine, RestSettings.DEFAULT.withLeftRooms(leftRooms)),
        pushers,
        meters.of(engine));
  }

  private ServerParts.Host host(String serverName) {
    return new ServerParts.Host(
        serverName,
        InstantSource.system(),
        new SecureRandom(),
        Optional.of((delay, task) -> vertx.setTimer(delay.toMillis(), id -> work(task))));
  }

  /** Returns a context of Vert.x for the pushes to one service. */
  private Pusher.Host pushing() {
    Context context = vertx.getOrCreateContext();
    return new Pusher.Host(
        task -> context.runOnContext(go -> task.run()),
        new VertxScheduler(vertx),
        InstantSource.system());
  }

  /** Runs a task that may block on a worker thread. */
  private void work(Runnable task) {
    vertx
        .executeBlocking(
            () -> {
              task.run();
              return true;
            },
            false)
        .onFailure(HomeServer::failed);
  }

  /** Sets the address that {@code .well-known} names, if clients reach the server by another than it listens on. */
  void publicUrl(String url) {
    publicUrl = Optional.of(url);
  }

  /** Starts to listen, and returns the port. */
  int listen(String host, int port) throws Exception {
    HttpServerOptions options = new HttpServerOptions()
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxInitialLineLength(LONGEST_LINE);
    HttpRequests handler = new HttpRequests(vertx, () -> requests, meters);
    HttpServer server = vertx
        .createHttpServer(options)
        .requestHandler(handler)
        .invalidRequestHandler(handler::refuse);
    http = server;
    int bound = server
        .listen(port, host)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
    listeningOn = "http://" + host + ":" + bound;
    return bound;
  }

  /** Returns the requests; the first poll of a user sets them online, which waits for a store that is remote. */
  private Requests requests(Apis apis) {
    Executor worker = this::work;
    Requests.Host host =
        new Requests.Host(stores.isRemote() ? worker : Runnable::run, worker, FullHeap::check);
    List<Api> all = new ArrayList<>(apis.all(this::url));
    all.add(own());
    return new Requests(parts, introductions, running.edge(), all, host);
  }

  /** Returns what is answered beside the APIs of Matrix. */
  private Api own() {
    Api own = Api.of("");
    new OperatorEndpoints(() -> running.engine().health(), stores.health(), meters)
        .addTo(own.router());
    new Page(restarts ? Optional.of(this::restart) : Optional.empty()).addTo(own.router());
    return own;
  }

  /** Lets the page restart the engine; called before the server listens. */
  void allowRestarts() {
    restarts = true;
    requests = requests(apis);
  }

  SyncEngine engine() {
    return running.engine();
  }

  /**
   * Ends the engine, and starts another one over the same stores; tokens stay valid. Parked polls are answered, and
   * requests in between get 503. A service may get its last transaction a second time. Blocks.
   */
  synchronized void restart() {
    await(running.engine().drain(RESTART), RESTART.plus(LONGEST_ANSWER));
    running.close();
    running = start();
    apis = apis.with(running.engine(), running.edge());
    requests = requests(apis);
  }

  /** Returns the address that clients use, if no other was given the one that it listens on. */
  private String url() {
    return publicUrl.orElse(listeningOn);
  }

  /**
   * Stops the server gracefully: it accepts no new connections, answers all waiting polls, spread over a time, and
   * closes each connection after the answer to its last request, before everything is closed. Blocks for about as long,
   * and not at all if no poll waits.
   */
  void stop(Duration over) {
    Duration longest = over.plus(LONGEST_ANSWER);
    running.stopPushes();
    CompletableFuture<Void> drained = running.engine().drain(over);
    CompletableFuture<Void> connections = shutdown(longest);
    await(drained, longest);
    await(connections, longest);
    close();
  }

  private CompletableFuture<Void> shutdown(Duration longest) {
    HttpServer listening = http;
    return listening == null
        ? CompletableFuture.completedFuture(null)
        : listening.shutdown(longest).toCompletionStage().toCompletableFuture();
  }

  /** Waits until a future has completed or failed, or the time is up. */
  private static void await(CompletableFuture<Void> done, Duration longest) {
    Object unused = done.handle((ok, failure) -> true)
        .completeOnTimeout(false, longest.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  @Override
  public void close() {
    running.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
    stores.close();
  }
}
