package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A bridge that listens at the paths of today. It accepts every transaction, unless a test sets other answers.
 * Thread-safe.
 */
public final class FakeBridge implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 30;

  /**
   * A transaction.
   *
   * @param id its id
   * @param body its body
   */
  public record Push(String id, String body) {
    public List<JsonNode> events() {
      return Client.MAPPER.readTree(body).path("events").valueStream().toList();
    }
  }

  /** The answer to a request. */
  public record Reply(int status, String body) {
    public static final Reply TAKEN = new Reply(200, "{}");

    /** No answer until the bridge is closed. */
    public static final Reply NONE = new Reply(0, "");

    /** The beginning of an answer that is not continued until the bridge is closed. */
    public static final Reply BEGUN = new Reply(200, "{");
  }

  final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();
  final BlockingQueue<Push> taken = new LinkedBlockingQueue<>();
  public final BlockingQueue<String> queries = new LinkedBlockingQueue<>();
  final BlockingQueue<String> pings = new LinkedBlockingQueue<>();
  private final Queue<Reply> replies = new ArrayDeque<>(); // guarded by this
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final String token;
  private volatile Reply pinged = Reply.TAKEN;
  private volatile String prefix = "/_matrix/app/v1/";
  private volatile Function<String, Reply> answers = query -> new Reply(404, "{}");

  /** Starts to listen as the service of {@link Bridges#registration} with this name. */
  public FakeBridge(String name) {
    token = "hs-" + name;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/app", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/app");
  }

  /** Knows the paths of before alone, as bridges that are older do. */
  public FakeBridge withOldPaths() {
    prefix = "/";
    return this;
  }

  /** Sets the answer of all pings from now on. */
  void answerPings(Reply reply) {
    pinged = reply;
  }

  /** Sets the answers of the next transactions; later ones are accepted. */
  public synchronized void answerNext(Reply... next) {
    replies.addAll(List.of(next));
  }

  /** Accepts all transactions again. */
  synchronized void takeAll() {
    replies.clear();
  }

  /** Sets the answers of queries, such as {@code users/@a:b} and {@code rooms/#c:d}. */
  public void answer(Function<String, Reply> queries) {
    answers = queries;
  }

  /** Returns the next transaction, refused ones too. */
  public Push next() throws InterruptedException {
    Push push = pushes.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    assertThat(push).as("a transaction").isNotNull();
    return push;
  }

  /** Returns the next events of a room, at least {@code count}. */
  List<JsonNode> events(String room, int count) throws InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    while (events.size() < count) {
      next().events().stream()
          .filter(event -> event.path("room_id").asString().equals(room))
          .forEach(events::add);
    }
    return events;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath().substring("/app".length());
      Reply reply = refusal(exchange, path)
          .orElseGet(() -> answer(
              exchange.getRequestMethod(),
              path.substring(prefix.length()),
              new String(body, StandardCharsets.UTF_8)));
      byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
      if (reply.equals(Reply.NONE)) {
        closed.await();
      } else if (reply.equals(Reply.BEGUN)) {
        exchange.sendResponseHeaders(reply.status(), answer.length + 1);
        exchange.getResponseBody().write(answer);
        exchange.getResponseBody().flush();
        closed.await();
      } else {
        exchange.sendResponseHeaders(reply.status(), answer.length);
        exchange.getResponseBody().write(answer);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Optional<Reply> refusal(HttpExchange exchange, String path) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("access_token=" + token).equals(exchange.getRequestURI().getQuery())
        || !("Bearer " + token).equals(header)) {
      return Optional.of(new Reply(403, "{}"));
    }
    boolean isOld = prefix.equals("/");
    return isOld == path.startsWith("/_matrix/")
        ? Optional.of(new Reply(404, "404 page not found"))
        : Optional.empty();
  }

  private Reply answer(String method, String path, String body) {
    if (method.equals("POST") && path.equals("ping")) {
      pings.add(body);
      return pinged;
    }
    if (method.equals("PUT") && path.startsWith("transactions/")) {
      Reply reply = nextReply();
      Push push = new Push(path.substring("transactions/".length()), body);
      if (reply.equals(Reply.TAKEN)) {
        taken.add(push);
      }
      pushes.add(push); // last: a test that has it may look at the others
      return reply;
    }
    queries.add(path);
    return answers.apply(path);
  }

  private synchronized Reply nextReply() {
    Reply next = replies.poll();
    return next == null ? Reply.TAKEN : next;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
