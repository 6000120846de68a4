package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.homeserver.appservice.PushPositions;
import io.github.matrixsync.homeserver.appservice.Pusher;
import io.github.matrixsync.homeserver.appservice.ServiceClient;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Service;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a world pushes to application services. Thread-safe. */
public final class Pushes {
  private static final long TRANSACTIONS_OF_A_START = 1_000_000;

  /** A service, and the way to it. */
  public record Link(Service service, ServiceLink connection) {}

  private final HttpWorld.World world;
  private final ServerParts parts;
  private final Traffic traffic;
  private final Executor threads;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final Map<String, Pusher> pushers = new ConcurrentHashMap<>();
  private final Map<String, Integer> limits = new ConcurrentHashMap<>();
  private final AtomicInteger starts = new AtomicInteger();
  private volatile PushPositions positions = PushPositions.inMemory();
  private @Nullable HttpClient client; // guarded by this

  Pushes(HttpWorld.World world, ServerParts parts, Traffic traffic, Executor threads) {
    this.world = world;
    this.parts = parts;
    this.traffic = traffic;
    this.threads = threads;
  }

  /** Registers an application service, and begins to push events to it if it has an address. */
  public Link register(Registration registration) {
    requireNewToken(registration);
    Service service = parts.services().add(registration);
    ServiceLink connection = new ServiceLink(client(), traffic, world.story(), service);
    Link link = new Link(service, connection);
    ServiceClient.of(service, connection).ifPresent(listening -> {
      links.add(link);
      parts.serviceClients().add(listening);
      startPushing(listening);
    });
    return link;
  }

  /** Refuses the {@code hs_token} of another service: a bridge of both could not tell their transactions apart. */
  private void requireNewToken(Registration registration) {
    parts.services().all().stream()
        .map(Service::registration)
        .filter(other -> !other.id().equals(registration.id()))
        .filter(other -> !other.asToken().equals(registration.asToken()))
        .filter(other -> other.hsToken().equals(registration.hsToken()))
        .findFirst()
        .ifPresent(other -> {
          throw new IllegalArgumentException("two application services have the same 'hs_token': "
              + other.id() + " and " + registration.id());
        });
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
    world.server().isPushed(service.service().sender());
    Pusher pusher = new Pusher(
        world.server().engine(),
        service,
        positions,
        new Pusher.Host(
            world.actions(), world.timeline(), () -> numbering(starts.incrementAndGet())));
    String id = service.service().id();
    pushers.put(id, pusher);
    Optional.ofNullable(limits.get(id)).ifPresent(pusher::limit);
    pusher.start();
  }

  /** Sets how many room events a transaction to a service may have. */
  public void limit(Service service, int most) {
    limits.put(service.id(), most);
    Optional.ofNullable(pushers.get(service.id())).ifPresent(pusher -> pusher.limit(most));
  }

  /** Returns a time by which a pusher numbers its transactions: other than all before it. */
  private static Instant numbering(int start) {
    return Instant.ofEpochMilli(TRANSACTIONS_OF_A_START * start);
  }

  /** Pushes nothing more, and forgets what was not sent. */
  void stop() {
    pushers.values().forEach(Pusher::close);
    pushers.clear();
    links.forEach(link -> link.connection().forget());
  }

  /** Pushes again, with the engine that the world has now. */
  void start(boolean forgets) {
    if (forgets) {
      positions = PushPositions.inMemory();
    }
    parts.serviceClients().forEach(this::startPushing);
  }

  /** Sends again what nobody listened for. */
  void retry() {
    links.forEach(link -> link.connection().retry());
  }

  /** Returns what services have not answered or have refused, in words. */
  List<String> troubles() {
    return links.stream().flatMap(link -> link.connection().trouble().stream()).toList();
  }

  /** Returns a service that does not listen. */
  Optional<Service> unreachable() {
    return links.stream()
        .filter(link -> link.connection().isUnreachable())
        .map(Link::service)
        .findFirst();
  }

  /** Stops for ever. */
  void close() {
    stop();
    closeClient();
  }
}
