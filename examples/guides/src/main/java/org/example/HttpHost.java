package org.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of one user: Alice reads with the token "secret", and what is posted to {@code /say} is said by her. */
public final class HttpHost implements AutoCloseable {
  private static final String PREFIX = "/_matrix/client/v3";

  private final MemoryEventStore store = MemoryEventStore.create();
  final SyncEngine engine = SyncEngine.builder(store).build();
  private final RestEdge edge = RestEdge.of(engine);
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;

  HttpHost(int port) throws IOException {
    store.append(List.of(Append.live(Host.join())));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(PREFIX + "/", this::read);
    server.createContext("/say", this::say);
    server.setExecutor(threads);
    server.start();
  }

  public static void main(String[] args) throws IOException {
    HttpHost host = new HttpHost(8018);
    Runtime.getRuntime().addShutdownHook(new Thread(host::close));
    System.out.println("listening on " + host.port());
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void read(HttpExchange exchange) {
    if (refused(exchange, "GET")) {
      return;
    }
    URI uri = exchange.getRequestURI();
    if (!"Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, edge.error(401, "M_UNKNOWN_TOKEN", "the access token is not known"));
      return;
    }
    String path = uri.getRawPath().substring(PREFIX.length());
    String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
    RestRequest request =
        new RestRequest(path, RestRequest.decodeQuery(query), Host.ALICE, EventForm.R0);
    CompletableFuture<RestResponse> answer = edge.get(request)
        .orElseGet(() -> CompletableFuture.completedFuture(
            edge.error(404, "M_UNRECOGNIZED", "there is no such path")));
    CompletableFuture<?> unused =
        answer.thenAcceptAsync(response -> send(exchange, response), threads);
  }

  private void say(HttpExchange exchange) throws IOException {
    if (refused(exchange, "POST")) {
      return;
    }
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    store.append(List.of(Append.live(Host.message("$" + System.nanoTime(), text))));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  /** Refuses a request with another method, and returns whether it did. */
  private boolean refused(HttpExchange exchange, String method) {
    boolean other = !exchange.getRequestMethod().equals(method);
    if (other) {
      send(exchange, edge.error(405, "M_UNRECOGNIZED", "only " + method + " is answered here"));
    }
    return other;
  }

  private static void send(HttpExchange exchange, RestResponse response) {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    byte[] body = head ? new byte[0] : response.toByteArray();
    response.headers().forEach(exchange.getResponseHeaders()::set);
    try (exchange) {
      exchange.sendResponseHeaders(response.status(), head ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** Answers the polls that wait, and stops. */
  @Override
  public void close() {
    engine.drain(Duration.ofSeconds(2)).join();
    server.stop(1);
    engine.close();
    threads.shutdown();
  }
}
