package io.github.matrixsync.testkit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A bridge that knows a URL and two tokens: repeats in one room what people say in another. A transaction is handled
 * once; what could not be sent is sent again with the same transaction id when the event comes again. Thread-safe.
 */
final class HttpRelay implements AutoCloseable {
  /** How a bridge can be wrong. */
  enum Flaw {
    NONE,
    /** Every try has a transaction id of its own. */
    DOUBLES,
    /** A send that fails is not tried again. */
    GIVES_UP,
    /** The status of an answer is enough. */
    TRUSTS_THE_STATUS,
    /** The first send is given up when the test says so, and tried again with another transaction id. */
    IS_IMPATIENT,
    /** A transaction that comes again is handled again, with other transaction ids. */
    FORGETS_TRANSACTIONS,
    /** Of the events of a transaction only the first is handled. */
    TAKES_THE_FIRST;

    boolean hasNewIds() {
      return this == DOUBLES || this == IS_IMPATIENT || this == FORGETS_TRANSACTIONS;
    }
  }

  private static final Duration LONG = Duration.ofSeconds(20);

  private final URI homeserver;
  private final String asToken;
  private final String hsToken;
  private final Map<String, String> pairs;
  private final Flaw flaw;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<String> transactions = ConcurrentHashMap.newKeySet();
  private final Set<String> tried = new HashSet<>();
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final CountDownLatch patience = new CountDownLatch(1);
  private final HttpServer http;
  private int sends;

  HttpRelay(URI homeserver, String asToken, String hsToken, Setting setting) throws IOException {
    this.homeserver = homeserver;
    this.asToken = asToken;
    this.hsToken = hsToken;
    pairs = setting.pairs();
    flaw = setting.flaw();
    http = HttpServer.create(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), setting.port()), 0);
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    http.start();
  }

  /**
   * What a relay is told.
   *
   * @param port where it listens
   * @param pairs for each room, the room in which its messages are repeated
   */
  record Setting(int port, Map<String, String> pairs, Flaw flaw) {}

  /** Starts a relay from {@code !here:test} to {@code !there:test}. */
  static HttpRelay start(URI homeserver, String asToken, String hsToken, int port)
      throws IOException {
    Setting setting = new Setting(port, Map.of("!here:test", "!there:test"), Flaw.NONE);
    return new HttpRelay(homeserver, asToken, hsToken, setting);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String token = exchange.getRequestURI().getQuery();
    int status = 200;
    if (token == null || !token.contains(hsToken)) {
      status = 403;
    } else if (path.contains("/transactions/")) {
      status = take(path.substring(path.lastIndexOf('/') + 1), body);
    } else {
      status = 404;
    }
    byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  /** Handles a transaction. Returns the status of its answer. */
  private int take(String id, byte[] body) {
    if (transactions.contains(id) && flaw != Flaw.FORGETS_TRANSACTIONS) {
      return 200;
    }
    List<JsonNode> events = List.copyOf(Json.body(body).tree().path("events").values());
    int taken = flaw == Flaw.TAKES_THE_FIRST ? Math.min(1, events.size()) : events.size();
    for (JsonNode event : events.subList(0, taken)) {
      String target = pairs.get(event.path("room_id").asString(""));
      String sender = event.path("sender").asString("");
      boolean isMessage = event.path("type").asString("").equals("m.room.message");
      if (isMessage && target != null && !sender.startsWith("@relay:")) {
        String text = sender + ": " + event.path("content").path("body").asString("");
        if (!say(target, event.path("event_id").asString(""), text)) {
          return 500;
        }
      }
    }
    transactions.add(id);
    return 200;
  }

  /** Sends a text. Returns whether that is done, or given up. */
  private boolean say(String room, String event, String text) {
    if (flaw == Flaw.GIVES_UP && !tried.add(event)) {
      return true;
    }
    String id = flaw.hasNewIds() ? String.valueOf(++sends) : event;
    String path = "/_matrix/client/v3/rooms/" + encode(room) + "/send/m.room.message/" + encode(id);
    HttpRequest request = HttpRequest.newBuilder(URI.create(homeserver + path))
        .timeout(LONG)
        .header("Authorization", "Bearer " + asToken)
        .PUT(HttpRequest.BodyPublishers.ofString(
            Json.object().put("msgtype", "m.text").put("body", text).toString()))
        .build();
    try {
      if (flaw == Flaw.IS_IMPATIENT && patience.getCount() > 0) {
        giveUp(request);
        return false;
      }
      return isSent(client.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends a request, and hangs up when the test says so. */
  private void giveUp(HttpRequest request) throws InterruptedException {
    CompletableFuture<?> answer = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    patience.await();
    answer.cancel(true);
  }

  private boolean isSent(HttpResponse<String> answer) {
    return answer.statusCode() == 200
        && (flaw == Flaw.TRUSTS_THE_STATUS || answer.body().startsWith("{\"event_id\":"));
  }

  /** Lets an impatient bridge give up its first send. */
  void losesPatience() {
    patience.countDown();
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
