package io.github.matrixsync.examples.adapters.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.ClientApi;
import io.github.matrixsync.examples.adapters.ClientRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.rest.RestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * The HTTP edge on {@code com.sun.net.httpserver}. The server keeps an exchange after its handler has returned, so a
 * parked poll holds no thread.
 *
 * <p>This server does not notice that a client has gone before it writes an answer, and not always then. The poll of
 * such a client ends when its wait is over, which is therefore at most {@link #LONGEST_WAIT}.
 *
 * <p>The server blocks a thread while a request comes and while an answer is written. See {@link #limitTimes}.
 * Thread-safe.
 */
public final class JdkAdapter implements Adapter {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int BACKLOG = 1_000;
  private static final int GRACE_SECONDS = 1;
  private static final int NO_BODY = -1;

  private final ClientApi api;
  private final ExecutorService threads;
  private final HttpServer server;

  private JdkAdapter(ClientApi api, ExecutorService threads, HttpServer server) {
    this.api = api;
    this.threads = threads;
    this.server = server;
  }

  /**
   * Limits the time of a request and of its answer, wait included, in seconds. The server has no other setting for this
   * than properties, which it reads once in a process. Those that the host has set stay.
   */
  static void limitTimes() {
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "10");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", "60");
  }

  /** Starts the server; it shuts {@code threads} down when it is closed. */
  public static JdkAdapter start(SyncApi engine, AccessTokens tokens, ExecutorService threads) {
    limitTimes();
    RestSettings settings = RestSettings.DEFAULT.withTimeouts(LONGEST_WAIT, LONGEST_WAIT);
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      JdkAdapter adapter = new JdkAdapter(new ClientApi(engine, tokens, settings), threads, server);
      server.createContext("/", adapter::handle);
      server.setExecutor(threads);
      server.start();
      return adapter;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String method = exchange.getRequestMethod();
    // Of every method: the time of a request ends when its body has been read.
    byte[] body = exchange.getRequestBody().readNBytes(ClientApi.MOST_BYTES + 1);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    CompletableFuture<RestResponse> answer = api.answer(
        ClientRequest.of(method, uri.getRawPath(), uri.getRawQuery(), authorization), body);
    CompletableFuture<Void> unused =
        answer.thenAcceptAsync(response -> send(exchange, response), threads);
  }

  /** Sends an answer on a thread of the server: writing blocks while the client does not read. */
  private static void send(HttpExchange exchange, RestResponse response) {
    byte[] body = response.toByteArray();
    response.headers().forEach(exchange.getResponseHeaders()::set);
    try (exchange) {
      exchange.sendResponseHeaders(response.status(), body.length == 0 ? NO_BODY : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(GRACE_SECONDS);
    threads.shutdown();
  }
}
