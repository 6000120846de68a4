package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.appservice.ServiceConnection;
import io.github.matrixsync.homeserver.registration.Service;
import io.github.matrixsync.testkit.internal.run.Story;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

  private final HttpClient client;
  private final Traffic traffic;
  private final Story story;
  private final Service service;
  private final List<Push> open = new ArrayList<>(); // guarded by this
  private String refusal = ""; // guarded by this
  private final Deque<Runnable> held = new ArrayDeque<>(); // guarded by this
  private boolean isPaused; // guarded by this
  private @Nullable Push lastTransaction; // guarded by this
  private final List<Runnable> refused = new ArrayList<>(); // guarded by this

  ServiceLink(HttpClient client, Traffic traffic, Story story, Service service) {
    this.client = client;
    this.traffic = traffic;
    this.story = story;
    this.service = service;
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
      open.add(push);
      if (push.isTransaction()) {
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
          ended(push, answer == null ? "not answered: " + kind(failure) : status(answer));
          if (answer != null) {
            reply.complete(new Reply(answer.statusCode(), RawJson.of(answer.body())));
          } else if (push.isTransaction() && isRefusal(failure)) {
            refused(() -> send(push, reply));
          } else if (isFirst && isBroken(failure)) {
            send(push, reply, false);
          } else {
            reply.completeExceptionally(asAwaited(failure));
          }
          traffic.ended();
        });
  }

  private static String status(HttpResponse<byte[]> answer) {
    return "answered " + answer.statusCode();
  }

  private static String kind(Throwable failure) {
    Throwable cause = failure instanceof IOException ? failure : failure.getCause();
    return isRefusal(failure)
        ? "connection refused"
        : (cause == null ? failure : cause).getClass().getSimpleName();
  }

  /** Adds a request and what became of it to the story. */
  private void ended(Push push, String how) {
    synchronized (this) {
      open.remove(push);
      if (push.isTransaction()) {
        refusal = how.startsWith("answered 2") ? "" : push + " was " + how;
      }
    }
    story.consequence(push + " to " + service.id() + push.contents() + " is " + how);
  }

  /** Returns which request the service has not answered, or how it refused the last transaction; empty if neither. */
  synchronized Optional<String> trouble() {
    String what = open.isEmpty() ? refusal : open.get(0) + " has no answer yet";
    return what.isEmpty()
        ? Optional.empty()
        : Optional.of("the service " + service.id() + " at "
            + service.registration().url().map(URI::toString).orElse("") + ": " + what);
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
