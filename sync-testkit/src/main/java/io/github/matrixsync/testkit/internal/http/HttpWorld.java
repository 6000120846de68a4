package io.github.matrixsync.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.Apis;
import io.github.matrixsync.homeserver.Requests;
import io.github.matrixsync.homeserver.appservice.Introductions;
import io.github.matrixsync.homeserver.endpoint.ServerEndpoints.Versions;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.http.Request;
import io.github.matrixsync.homeserver.people.Presences;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestSettings;
import io.github.matrixsync.testkit.http.ExpectedRequest;
import io.github.matrixsync.testkit.http.NextRequest;
import io.github.matrixsync.testkit.http.RequestPattern;
import io.github.matrixsync.testkit.http.ServedRequest;
import io.github.matrixsync.testkit.http.WorldServer;
import io.github.matrixsync.testkit.internal.run.Actions;
import io.github.matrixsync.testkit.internal.run.Story;
import io.github.matrixsync.testkit.internal.run.Timeline;
import io.github.matrixsync.testkit.internal.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A world over HTTP: the server of the JDK, which passes its requests to {@link Requests}, and the pushes to
 * application services. Requests are handled as actions of the world, on the thread that acts or that of the request.
 * Thread-safe.
 */
public final class HttpWorld implements WorldServer {
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int MOST_TRIES = 500;
  private static final long SEED = 1;
  private static final int THREADS = 4;
  private static final int BACKLOG = 1_000;

  /** What the world over HTTP has in common with the world in process. */
  // More than five parameters: the parts of a world.
  public record World(
      String name,
      Versions versions,
      Timeline timeline,
      Actions actions,
      Story story,
      Server server,
      Rooms rooms) {}

  private final World world;
  private final ServerParts parts;
  private final WorldAccounts accounts;
  private final Traffic traffic = new Traffic(this::answered);
  private final Faults faults = new Faults();
  private final List<Expectation> expectations = new CopyOnWriteArrayList<>();
  private final ExecutorService threads;
  private final Pushes pushes;
  private final Introductions introductions;
  private final int port;
  private volatile HttpServer http;
  private volatile Exchange.Context context;
  private final Routes routes;
  private volatile boolean allowsRefusals;

  /** Starts to listen on a free port. */
  public HttpWorld(World world) {
    this.world = world;
    // Tokens and ids are the same in every run.
    Random random = new Random(SEED);
    parts = new ServerParts(host(random), world.server(), world.rooms(), List.of());
    world.server().report(parts.presences());
    accounts = new WorldAccounts(parts.accounts(), parts.sessions());
    introductions = new Introductions(parts.serviceClients(), parts.accounts(), parts.aliases());
    threads = threads();
    pushes = new Pushes(world, parts, traffic, threads);
    RestEdge edge = edge();
    List<Api> apis = apis(edge);
    context = context(edge, apis);
    routes = new Routes(apis);
    http = listen();
    port = http.getAddress().getPort();
  }

  private ServerParts.Host host(Random random) {
    Presences.Timer timer = (delay, task) -> {
      Scheduler.Scheduled unused = world.timeline().quiet().schedule(task, delay);
    };
    return new ServerParts.Host(world.name(), world.timeline(), random, Optional.of(timer));
  }

  private static ExecutorService threads() {
    AtomicInteger count = new AtomicInteger();
    return Executors.newFixedThreadPool(THREADS, task -> {
      Thread thread = new Thread(task, "matrix-world-http-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
  }

  /** Returns the answers of the engine that the world has now. */
  private RestEdge edge() {
    return RestEdge.of(world.server().engine(), RestSettings.DEFAULT);
  }

  private List<Api> apis(RestEdge edge) {
    return new Apis(parts, world.server().engine(), world.server().events, edge)
        .all(() -> url().toString(), world.versions());
  }

  private Exchange.Context context(RestEdge edge, List<Api> apis) {
    Requests.Host host = new Requests.Host(
        world.actions(),
        world.actions(),
        failure -> fail(new IllegalStateException("the server failed", failure)));
    return new Exchange.Context(
        new Requests(parts, introductions, edge, apis, host),
        traffic,
        world.actions(),
        world.timeline(),
        world.story(),
        new AtomicBoolean());
  }

  private HttpServer listen(int onPort) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), BACKLOG);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    return server;
  }

  private HttpServer listen() {
    try {
      return listen(0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port of the loopback address can be had", e);
    }
  }

  /** Listens on the same port. A process that another thread starts may hold the old socket for a moment. */
  private HttpServer listenAgain() {
    int tries = 0;
    while (true) {
      try {
        return listen(port);
      } catch (IOException e) {
        tries++;
        if (tries == MOST_TRIES) {
          throw new UncheckedIOException("port " + port + " cannot be had again", e);
        }
        Optional<String> unused = traffic.settle(PAUSE, Duration.ZERO);
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    Request request = new Request(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        exchange.getRequestHeaders()::getFirst,
        exchange.getRequestBody().readNBytes(Requests.MAX_BODY + 1));
    ServedRequest asked = new ServedRequest(
        request.method(),
        request.path(),
        context.requests().sender(request),
        new String(request.body(), StandardCharsets.UTF_8),
        Optional.empty(),
        world.timeline().instant());
    new Exchange(context, threads, exchange, request, asked).run(fault(asked));
  }

  /** Returns the fault for a request. If the check of its body throws, there is none, and the test fails. */
  private Optional<Fault> fault(ServedRequest asked) {
    try {
      return faults.take(asked);
    } catch (RuntimeException | Error e) {
      world.actions().run(() -> {
        throw new AssertionError("next(…) could not test the body of " + asked + ": " + e, e);
      });
      return Optional.empty();
    }
  }

  /** Complains of a request that the server does not know. */
  private void answered(ServedRequest request, String errcode) {
    if (errcode.equals("M_UNRECOGNIZED") && !allowsRefusals) {
      String asked = request.user().map(user -> ", asked by " + user).orElse("");
      fail(new IllegalStateException(request.method() + " " + request.path()
          + " was not understood (" + request.status().orElse(0) + " " + errcode + ")" + asked
          + "; the routes are " + routes.names()));
    }
  }

  /** Has the test's next action throw a failure. */
  private void fail(RuntimeException failure) {
    world.actions().run(() -> {
      throw failure;
    });
  }

  @Override
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Creates the account of a user, unless there is one. */
  public void ensure(UserId user) {
    String unused = accounts.ensure(user);
  }

  /** Returns the user with an id, whatever characters it has, if there is such an account. */
  public Optional<UserId> find(String id) {
    try {
      return Optional.of(UserId.parse(id)).filter(parts.accounts()::exists);
    } catch (InvalidIdException e) {
      return Optional.empty();
    }
  }

  /** Returns an access token of a user, the same until it ends by a logout. */
  public String accessToken(UserId user) {
    return accounts.token(user);
  }

  /** Returns the password with which a user logs in. */
  public String password(UserId user) {
    return accounts.ensure(user);
  }

  /** Returns what is pushed to application services. */
  public Pushes pushes() {
    return pushes;
  }

  /** Cuts all connections, and pushes nothing more. What is being pushed is waited for. */
  public void stop() {
    context.ended().set(true);
    http.stop(0);
    pushes.stop();
    Optional<String> unused = traffic.settle(Duration.ZERO, LONGEST_WAIT);
  }

  /** Serves and pushes again, with the engine that the world has now. */
  public void start(boolean forgets) {
    RestEdge edge = edge();
    context = context(edge, apis(edge));
    http = listenAgain();
    pushes.start(forgets);
  }

  @Override
  public ExpectedRequest expects(RequestPattern pattern) {
    Expectation expectation = new Expectation(routes.require(pattern));
    expectations.add(expectation);
    return expectation;
  }

  @Override
  public NextRequest next(RequestPattern pattern) {
    return faults.next(routes.require(pattern));
  }

  @Override
  public List<ServedRequest> requests() {
    return traffic.requests();
  }

  @Override
  public void allowsRefusals() {
    allowsRefusals = true;
  }

  @Override
  public void settle() {
    settle(QUIET);
  }

  /** Waits as {@link #settle()}, unless nothing has begun since it was last waited for. */
  public void settleIfNeeded() {
    if (!traffic.isSettled()) {
      settle();
    }
  }

  @Override
  public void settle(Duration quietFor) {
    Faults.requireNotNegative(quietFor);
    settleOnce(quietFor);
    if (pushes.unreachable().isPresent()) {
      // Perhaps it began to listen after that was sent.
      settleOnce(quietFor);
    }
    pushes.unreachable().ifPresent(service -> {
      throw new IllegalStateException(
          service.id() + " does not answer at " + service.registration().url().orElseThrow()
              + ": connection refused; is the bridge started?");
    });
  }

  private void settleOnce(Duration quietFor) {
    pushes.retry();
    traffic.settle(quietFor, LONGEST_WAIT).ifPresent(failure -> {
      String why = String.join(
          "; ", Stream.concat(Stream.of(failure), pushes.troubles().stream()).toList());
      throw new IllegalStateException(
          "it does not get quiet: " + why + "\n" + world.story().text());
    });
  }

  @Override
  public List<String> routes() {
    return routes.names();
  }

  /** Ends the threads, after {@link #stop()}, for ever. */
  public void close() {
    pushes.close();
    threads.shutdownNow();
  }

  /** Throws if the requests were not those that were expected, or not those that were to go wrong. */
  public void verify() {
    List<ServedRequest> all = requests();
    Stream<String> unmet =
        expectations.stream().flatMap(expectation -> expectation.failure(all).stream());
    List<String> failures = Stream.concat(unmet, faults.unused().stream()).toList();
    if (!failures.isEmpty()) {
      throw new AssertionError(String.join("\n", failures) + "\n" + list(all));
    }
  }

  private static String list(List<ServedRequest> requests) {
    return requests.isEmpty()
        ? "there were no requests"
        : "the requests were:\n"
            + String.join("\n", requests.stream().map(ServedRequest::toString).toList());
  }
}
