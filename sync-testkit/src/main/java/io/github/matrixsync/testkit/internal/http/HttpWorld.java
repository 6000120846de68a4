package io.github.matrixsync.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.Apis;
import io.github.matrixsync.homeserver.Requests;
import io.github.matrixsync.homeserver.appservice.Introductions;
import io.github.matrixsync.homeserver.appservice.PushPositions;
import io.github.matrixsync.homeserver.appservice.Pusher;
import io.github.matrixsync.homeserver.appservice.ServiceClient;
import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.http.Request;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Service;
import io.github.matrixsync.homeserver.room.Rooms;
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
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A world over HTTP: the server of the JDK before the routes of {@link Requests}, and pushes to application services.
 * Requests are handled as actions of the world, on the thread that acts or that of the request. Thread-safe.
 */
public final class HttpWorld implements WorldServer {
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final int THREADS = 4;
  private static final int BACKLOG = 1_000;
  private static final long TRANSACTIONS_OF_A_START = 1_000_000;

  /** What the world over HTTP has in common with the world in process. */
  // More than five parameters: the parts of a world.
  public record World(
      String name, Timeline timeline, Actions actions, Story story, Server server, Rooms rooms) {}

  /** A service, and the way to it. */
  public record Link(Service service, ServiceLink connection) {}

  private final World world;
  private final WorldParts parts;
  private final Traffic traffic = new Traffic(this::answered);
  private final Faults faults = new Faults();
  private final List<Expectation> expectations = new CopyOnWriteArrayList<>();
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final List<Pusher> pushers = new CopyOnWriteArrayList<>();
  private final Map<UserId, String> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger starts = new AtomicInteger();
  private final ExecutorService threads;
  private @Nullable HttpClient client; // guarded by this
  private final Introductions introductions;
  private final int port;
  private volatile HttpServer http;
  private volatile Exchange.Context context;
  private final Routes routes;
  private volatile PushPositions positions = PushPositions.inMemory();
  private volatile boolean allowsRefusals;

  /** Starts to listen on a free port. */
  public HttpWorld(World world) {
    this.world = world;
    parts = new WorldParts(world.name(), world.timeline(), world.server(), world.rooms());
    introductions = new Introductions(parts.serviceClients(), parts.accounts(), parts.aliases());
    threads = threads();
    List<Api> apis = apis();
    context = context(apis);
    routes = new Routes(apis);
    http = listen(0);
    port = http.getAddress().getPort();
  }

  private static ExecutorService threads() {
    AtomicInteger count = new AtomicInteger();
    return Executors.newFixedThreadPool(THREADS, task -> {
      Thread thread = new Thread(task, "matrix-world-http-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
  }

  private List<Api> apis() {
    RestEdge edge = RestEdge.of(world.server().engine(), RestSettings.DEFAULT);
    return new Apis(parts, world.server().engine(), world.server().events, edge)
        .all(() -> url().toString());
  }

  private Exchange.Context context(List<Api> apis) {
    RestEdge edge = RestEdge.of(world.server().engine(), RestSettings.DEFAULT);
    Requests.Host host = new Requests.Host(
        world.actions(),
        world.actions(),
        failure -> fail(new IllegalStateException("the server failed", failure)));
    return new Exchange.Context(
        new Requests(parts, introductions, edge, apis, host),
        traffic,
        world.actions(),
        world.timeline(),
        world.story());
  }

  private HttpServer listen(int onPort) {
    try {
      HttpServer server = HttpServer.create(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), BACKLOG);
      server.createContext("/", this::handle);
      server.setExecutor(threads);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("no port of the loopback address can be had", e);
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
    new Exchange(context, threads, exchange, request, asked).run(faults.take(asked));
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
    parts.ensure(user);
  }

  /** Returns an access token of a user, always the same. */
  public String accessToken(UserId user) {
    ensure(user);
    return tokens.computeIfAbsent(user, parts::open);
  }

  /** Returns the password with which a user logs in. */
  public String password(UserId user) {
    ensure(user);
    return WorldParts.password(user);
  }

  /** Registers an application service, and begins to push events to it if it has an address. */
  public Link register(Registration registration) {
    Service service = parts.services().add(registration);
    ServiceLink connection = new ServiceLink(client(), traffic);
    Link link = new Link(service, connection);
    ServiceClient.of(service, connection).ifPresent(listening -> {
      links.add(link);
      parts.serviceClients().add(listening);
      startPushing(listening);
    });
    return link;
  }

  /** Returns the client for pushes; on a JDK before 21 it has a thread until it is garbage. */
  private synchronized HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known = HttpClient.newBuilder()
          .executor(threads)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
      client = known;
    }
    return known;
  }

  private synchronized void closeClient() {
    if (client instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("the client for pushes could not be closed", e);
      }
    }
  }

  private void startPushing(ServiceClient service) {
    Pusher pusher = new Pusher(
        world.server().engine(),
        service,
        positions,
        new Pusher.Host(
            world.actions(), world.timeline(), () -> numbering(starts.incrementAndGet())));
    pushers.add(pusher);
    pusher.start();
  }

  /** Returns a time by which a pusher numbers its transactions: other than all before it. */
  private static Instant numbering(int start) {
    return Instant.ofEpochMilli(TRANSACTIONS_OF_A_START * start);
  }

  /** Cuts all connections, and pushes nothing more. What is being pushed is waited for. */
  public void stop() {
    http.stop(0);
    links.forEach(link -> link.connection().forget());
    Optional<String> unused = traffic.settle(Duration.ZERO);
    pushers.forEach(Pusher::close);
    pushers.clear();
  }

  /** Serves and pushes again, with the engine that the world has now. */
  public void start(boolean forgets) {
    if (forgets) {
      positions = PushPositions.inMemory();
    }
    List<Api> apis = apis();
    context = context(apis);
    http = listen(port);
    parts.serviceClients().forEach(this::startPushing);
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
    settleOnce(quietFor);
    if (unreachable().isPresent()) {
      // Perhaps it began to listen after that was sent.
      settleOnce(quietFor);
    }
    unreachable().ifPresent(service -> {
      throw new IllegalStateException(
          service.id() + " does not answer at " + service.registration().url().orElseThrow()
              + ": connection refused; is the bridge started?");
    });
  }

  private void settleOnce(Duration quietFor) {
    links.forEach(link -> link.connection().retry());
    traffic.settle(quietFor).ifPresent(failure -> {
      throw new IllegalStateException(
          "it does not get quiet: " + failure + "\n" + world.story().text());
    });
  }

  private Optional<Service> unreachable() {
    return links.stream()
        .filter(link -> link.connection().isUnreachable())
        .map(Link::service)
        .findFirst();
  }

  @Override
  public List<String> routes() {
    return routes.names();
  }

  /** Stops to listen and to push. */
  public void close() {
    stop();
    closeClient();
    threads.shutdownNow();
  }

  /** Throws if the requests were not those that were expected. */
  public void verify() {
    List<ServedRequest> all = requests();
    List<String> failures = expectations.stream()
        .flatMap(expectation -> expectation.failure(all).stream())
        .toList();
    if (!failures.isEmpty()) {
      throw new AssertionError(String.join("\n", failures) + "\nthe requests were:\n"
          + String.join("\n", all.stream().map(ServedRequest::toString).toList()));
    }
  }
}
