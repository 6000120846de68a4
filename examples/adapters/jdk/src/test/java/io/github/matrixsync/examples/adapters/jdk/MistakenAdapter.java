package io.github.matrixsync.examples.adapters.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.ClientApi;
import io.github.matrixsync.examples.adapters.ClientRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.rest.RestSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** An adapter of the JDK's server that makes one mistake, or none. Thread-safe. */
final class MistakenAdapter implements Adapter {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int BACKLOG = 1_000;

  private final Mistake mistake;
  private final ClientApi api;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<InetSocketAddress, String> firstTokens = new ConcurrentHashMap<>();

  MistakenAdapter(SyncApi engine, AccessTokens tokens, Mistake mistake) {
    JdkAdapter.limitTimes(); // or adapters of later tests, in the same process, would be without
    this.mistake = mistake;
    RestSettings settings = mistake == Mistake.WAITS_FOR_AN_HOUR
        ? RestSettings.DEFAULT
        : RestSettings.DEFAULT.withTimeouts(LONGEST_WAIT, LONGEST_WAIT);
    api = new ClientApi(engine, tokens, settings);
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    if (mistake == Mistake.STOPS_WITH_THE_JVM) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(ClientApi.MOST_BYTES + 1);
    CompletableFuture<RestResponse> answer =
        api.answer(request(exchange), mistake == Mistake.IGNORES_BODIES ? new byte[0] : body);
    if (mistake == Mistake.HOLDS_THREADS) {
      send(exchange, answer.join());
    } else {
      answer.thenAcceptAsync(response -> send(exchange, response), threads);
    }
  }

  private ClientRequest request(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    if (mistake == Mistake.LOGS_QUERIES) {
      System.out.println(uri);
    }
    String path = switch (mistake) {
      case DECODES_PATHS -> uri.getPath();
      case TAKES_TARGETS_FOR_PATHS -> uri.toString().replaceFirst("\\?.*", "");
      case RESOLVES_DOTS -> uri.normalize().getRawPath();
      default -> uri.getRawPath();
    };
    String query = uri.getRawQuery();
    if (mistake == Mistake.KEEPS_LAST_PARAMETERS && query != null) {
      Map<String, String> last = new LinkedHashMap<>();
      for (String field : query.split("&", -1)) {
        last.put(field.replaceFirst("=.*", ""), field);
      }
      query = String.join("&", last.values());
    }
    boolean isPreflight = exchange.getRequestMethod().equals("OPTIONS");
    String method = mistake == Mistake.WANTS_TOKENS_OF_PREFLIGHTS && isPreflight
        ? "GET"
        : exchange.getRequestMethod();
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (mistake == Mistake.KEEPS_FIRST_USERS && token != null) {
      String first = firstTokens.putIfAbsent(exchange.getRemoteAddress(), token);
      token = first == null ? token : first;
    }
    return ClientRequest.of(method, path, query, token);
  }

  private void send(HttpExchange exchange, RestResponse response) {
    Headers headers = exchange.getResponseHeaders();
    response.headers().forEach(headers::add);
    if (mistake == Mistake.REPEATS_HEADERS) {
      response.headers().forEach(headers::add);
    }
    boolean isForeign = response.status() == 404;
    try (exchange) {
      byte[] body = response.toByteArray();
      if (mistake == Mistake.COMPRESSES && body.length > 0) {
        headers.set("Content-Encoding", "gzip");
        body = compressed(body);
      }
      int length = mistake == Mistake.SENDS_CHUNKS ? 0 : body.length;
      exchange.sendResponseHeaders(
          mistake == Mistake.FAILS_ON_FOREIGN_PATHS && isForeign ? 500 : response.status(),
          body.length == 0 ? -1 : length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static byte[] compressed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
