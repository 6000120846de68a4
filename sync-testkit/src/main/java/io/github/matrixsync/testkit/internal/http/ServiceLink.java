package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.appservice.ServiceConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The way to one application service, by the HTTP client of the JDK. A transaction that nobody listens for is kept, and
 * sent again when the test waits for it, so that a test may start its bridge late. Thread-safe.
 */
public final class ServiceLink implements ServiceConnection {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);

  /** A request, which can be sent again. */
  private record Push(String method, String url, Map<String, String> headers, RawJson body) {}

  private final HttpClient client;
  private final Traffic traffic;
  private final Deque<Runnable> held = new ArrayDeque<>(); // guarded by this
  private boolean isPaused; // guarded by this
  private @Nullable Push lastTransaction; // guarded by this
  private final List<Runnable> refused = new ArrayList<>(); // guarded by this

  ServiceLink(HttpClient client, Traffic traffic) {
    this.client = client;
    this.traffic = traffic;
  }

  @Override
  public CompletableFuture<Reply> send(
      String method, String url, Map<String, String> headers, byte[] body) {
    Push push = new Push(method, url, headers, RawJson.of(body));
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Runnable sending = () -> send(push, reply);
    synchronized (this) {
      if (isPaused) {
        held.add(sending);
        return reply;
      }
    }
    sending.run();
    return reply;
  }

  private void send(Push push, CompletableFuture<Reply> reply) {
    send(push, reply, true);
  }

  /** Sends a request; if its connection breaks, once more: a bridge ends connections that it takes for idle. */
  private void send(Push push, CompletableFuture<Reply> reply, boolean isFirst) {
    synchronized (this) {
      if (isTransaction(push)) {
        lastTransaction = push;
      }
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(push.url()))
        .timeout(LONGEST_ANSWER)
        .method(
            push.method(), HttpRequest.BodyPublishers.ofByteArray(push.body().toByteArray()));
    push.headers().forEach(request::header);
    traffic.began();
    CompletableFuture<?> unused = client
        .sendAsync(request.build(), BodyHandlers.ofByteArray())
        .whenComplete((answer, failure) -> {
          if (answer != null) {
            reply.complete(new Reply(answer.statusCode(), RawJson.of(answer.body())));
          } else if (isTransaction(push) && isRefusal(failure)) {
            refused(() -> send(push, reply));
          } else if (isFirst && isBroken(failure)) {
            send(push, reply, false);
          } else {
            reply.completeExceptionally(asAwaited(failure));
          }
          traffic.ended();
        });
  }

  /** Returns whether a request is a transaction: queries and pings are answered while somebody waits for them. */
  private static boolean isTransaction(Push push) {
    return push.method().equals("PUT");
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ConnectException || failure.getCause() instanceof ConnectException;
  }

  private static boolean isBroken(Throwable failure) {
    Throwable cause = failure instanceof IOException ? failure : failure.getCause();
    return cause instanceof IOException && !(cause instanceof HttpTimeoutException);
  }

  /** Returns a failure as connections report it, by which pings know one that took too long. */
  private static Throwable asAwaited(Throwable failure) {
    boolean isLate = failure instanceof HttpTimeoutException
        || failure.getCause() instanceof HttpTimeoutException;
    return isLate ? new TimeoutException("no answer within " + LONGEST_ANSWER) : failure;
  }

  private synchronized void refused(Runnable sending) {
    refused.add(sending);
  }

  /** Returns whether something could not be sent because nobody listens. */
  synchronized boolean isUnreachable() {
    return !refused.isEmpty();
  }

  /** Sends again what could not be sent because nobody listened. */
  void retry() {
    List<Runnable> again;
    synchronized (this) {
      again = List.copyOf(refused);
      refused.clear();
    }
    again.forEach(Runnable::run);
  }

  /** Forgets what was not sent, because the server restarts. */
  synchronized void forget() {
    refused.clear();
    held.clear();
  }

  /** Holds back what is to be sent from now on. */
  public synchronized void pause() {
    isPaused = true;
  }

  /** Sends what was held back. */
  public void resume() {
    synchronized (this) {
      isPaused = false;
    }
    for (Optional<Runnable> next = nextHeld(); next.isPresent(); next = nextHeld()) {
      next.get().run();
    }
  }

  private synchronized Optional<Runnable> nextHeld() {
    return Optional.ofNullable(held.poll());
  }

  /**
   * Sends the last transaction once more, with the same id.
   *
   * @throws IllegalStateException if there was none
   */
  public void redeliver() {
    Push last;
    synchronized (this) {
      last = lastTransaction;
    }
    if (last == null) {
      throw new IllegalStateException("no transaction was sent yet");
    }
    send(last, new CompletableFuture<>());
  }
}
