package io.github.matrixsync.examples.bridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes what a homeserver pushes to an application service over HTTP. Each transaction is handled once, and answered
 * when all its events are. A transaction that fails is answered with 500, and comes again. Thread-safe.
 */
public final class TransactionServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TRANSACTIONS = "/_matrix/app/v1/transactions/";

  private final String token;
  private final Consumer<JsonNode> reader;
  private final Set<String> handled = new HashSet<>(); // confined to the executor's thread
  private final HttpServer http;

  /**
   * Starts to listen on a port of 127.0.0.1.
   *
   * @param token the homeserver's token
   * @param thread handles the transactions, one after the other
   * @param reader gets each event, and each typing notification
   */
  public TransactionServer(int port, String token, Executor thread, Consumer<JsonNode> reader)
      throws IOException {
    this.token = token;
    this.reader = reader;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.createContext("/", this::handle);
    http.setExecutor(thread);
    http.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status(exchange, body), answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private int status(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getPath();
    if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return 403;
    }
    if (!path.startsWith(TRANSACTIONS)) {
      return 404;
    }
    String id = path.substring(TRANSACTIONS.length());
    if (handled.contains(id)) {
      return 200;
    }
    try {
      JsonNode transaction = JSON.readTree(body);
      transaction.path("events").forEach(reader);
      transaction.path("ephemeral").forEach(reader);
    } catch (RuntimeException e) {
      return 500;
    }
    handled.add(id);
    return 200;
  }

  /** Stops listening. */
  @Override
  public void close() {
    http.stop(0);
  }
}
