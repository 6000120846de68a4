package io.github.matrixsync.homeserver;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.homeserver.appservice.Introductions;
import io.github.matrixsync.homeserver.device.DeviceStores;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.http.Request;
import io.github.matrixsync.homeserver.http.Response;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.JsonText;
import io.github.matrixsync.homeserver.room.EventFactory;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryDeviceKeyCounts;
import io.github.matrixsync.store.memory.MemoryDeviceListStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryToDeviceInbox;
import io.github.matrixsync.store.memory.MemoryTransactionIds;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of memory stores without an HTTP library, where everything runs on the calling thread. */
final class TestServer implements AutoCloseable {
  final List<Throwable> failures = new ArrayList<>();
  final MemoryEventStore events = MemoryEventStore.create();
  final SyncEngine engine = SyncEngine.builder(events).executor(Runnable::run).build();
  final List<Api> apis;
  private final ServerParts parts = parts(events);
  private final Requests requests;

  /**
   * Starts a server with other APIs besides its own.
   *
   * @param others come first
   */
  TestServer(Api... others) {
    RestEdge edge = RestEdge.of(engine);
    apis = new ArrayList<>(List.of(others));
    apis.addAll(new Apis(parts, engine, events, edge).all(() -> "http://test"));
    Introductions nobody = new Introductions(List.of(), parts.accounts(), parts.aliases());
    Requests.Host host = new Requests.Host(Runnable::run, Runnable::run, failures::add);
    requests = new Requests(parts, nobody, edge, apis, host);
  }

  private static ServerParts parts(MemoryEventStore events) {
    AtomicInteger ids = new AtomicInteger();
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    EventFactory factory =
        new EventFactory("test", () -> String.valueOf(ids.incrementAndGet()), clock);
    ServerParts.Host host =
        new ServerParts.Host("test", clock, new Random(1), Optional.of((delay, task) -> {}));
    return new ServerParts(host, MemoryStores.create(), new Rooms(events, factory), List.of());
  }

  /** Sends a request below {@code /_matrix/client}, with a token unless that is empty. */
  CompletableFuture<Response> send(String method, String path, String token, String body) {
    String[] parts = path.split("\\?", 2);
    Map<String, String> headers =
        token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token);
    return requests.answer(new Request(
        method,
        parts[0].startsWith("/") ? parts[0] : "/_matrix/client/" + parts[0],
        parts.length == 1 ? "" : parts[1],
        headers::get,
        body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends a request that is answered at once, and returns the answer's JSON. */
  JsonNode ask(String method, String path, String token, String body) {
    return json(send(method, path, token, body).join());
  }

  static JsonNode json(Response response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      response.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JsonText.parse(bytes.toString(StandardCharsets.UTF_8));
  }

  /** Registers a user, and returns an access token. */
  String register(String name) {
    String body = "{\"username\":\"" + name
        + "\",\"password\":\"secret\",\"auth\":{\"type\":\"m.login.dummy\"}}";
    return ask("POST", "v3/register", "", body).path("access_token").asString();
  }

  @Override
  public void close() {
    engine.close();
  }

  /** Stores without anything. */
  // More than five parameters: one for each store of a server.
  private record MemoryStores(
      MemoryPresenceStore presence,
      MemoryTypingStore typing,
      MemoryReceiptStore receipts,
      MemoryAccountDataStore accountData,
      MemoryRoomDirectory directory,
      MemoryUserSettings settings,
      DeviceStores devices)
      implements ServerParts.Stores {
    static MemoryStores create() {
      return new MemoryStores(
          MemoryPresenceStore.create(),
          MemoryTypingStore.create(),
          MemoryReceiptStore.create(),
          MemoryAccountDataStore.create(),
          MemoryRoomDirectory.create(),
          MemoryUserSettings.create(),
          new DeviceStores(
              MemoryToDeviceInbox.create(),
              MemoryDeviceListStore.create(),
              MemoryDeviceKeyCounts.create(),
              MemoryTransactionIds.create()));
    }
  }
}
