package io.github.matrixsync.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.matrixsync.homeserver.Requests;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Request;
import io.github.matrixsync.homeserver.http.Response;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.testkit.http.ServedRequest;
import io.github.matrixsync.testkit.internal.run.Actions;
import io.github.matrixsync.testkit.internal.run.Story;
import io.github.matrixsync.testkit.internal.run.Timeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request on its way through the server, with what the test wants to go wrong with it. Used by one thread after the
 * other.
 */
final class Exchange {
  private static final long MILLIS_PER_SECOND = 1_000;

  /**
   * What all exchanges have in common until the server ends or restarts.
   *
   * @param ended whether it has ended or restarted; what has not begun by then is not done
   */
  // More than five parameters: the parts of a server.
  record Context(
      Requests requests,
      Traffic traffic,
      Actions actions,
      Timeline timeline,
      Story story,
      AtomicBoolean ended) {}

  private final Context context;
  private final Executor threads;
  private final HttpExchange http;
  private final Request request;
  private final ServedRequest asked;
  private int number;

  /** Begins an exchange. */
  Exchange(
      Context context, Executor threads, HttpExchange http, Request request, ServedRequest asked) {
    this.context = context;
    this.threads = threads;
    this.http = http;
    this.request = request;
    this.asked = asked;
  }

  /** Answers the request, or does to it what a fault says. */
  void run(Optional<Fault> fault) {
    if (fault.isPresent() && fault.get().kind() == Fault.Kind.SLOW) {
      serveAfter(fault.get().time());
      return;
    }
    number = context.traffic().came(asked);
    if (fault.isEmpty()) {
      serve(Fault.Kind.NONE);
    } else if (!fault.get().isDone()) {
      context
          .story()
          .action(asked + ", which the test makes fail: " + fault.get().kind());
      fail(fault.get());
      context.traffic().ended();
    } else {
      serve(fault.get().kind());
    }
  }

  /** Serves the request later. The request is listed when this is scheduled: who sees it may let the time pass. */
  private synchronized void serveAfter(Duration time) {
    Scheduler.Scheduled unused = context.timeline().schedule(this::serveLate, time);
    number = context.traffic().came(asked);
    context.traffic().ended();
  }

  private synchronized void serveLate() {
    if (!context.ended().get()) {
      context.traffic().began();
      serve(Fault.Kind.NONE);
    }
  }

  private void serve(Fault.Kind kind) {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    context.actions().serve(asked.toString(), () -> pass(answer));
    boolean isParked = request.method().equals("GET") && !answer.isDone();
    if (isParked) {
      context.traffic().ended();
    }
    CompletableFuture<Response> unused = answer.whenComplete((response, failure) -> {
      if (isParked) {
        context.traffic().began();
      }
      if (response != null) {
        later(() -> end(kind, response));
      }
    });
  }

  private void pass(CompletableFuture<Response> answer) {
    CompletableFuture<Boolean> unused =
        context.requests().answer(request).thenApply(answer::complete);
  }

  /** Sends an answer on a thread of the server, or not at all once that is closed. */
  private void later(Runnable sending) {
    try {
      threads.execute(sending);
    } catch (RejectedExecutionException e) {
      http.close();
    }
  }

  private void end(Fault.Kind kind, Response response) {
    byte[] body = Sender.body(response);
    Map<String, String> headers = new HashMap<>(context.requests().headers());
    headers.putAll(response.headers());
    try {
      note(kind, response.status(), body);
      switch (kind) {
        case CUT -> Sender.cut(http, response.status(), headers, body);
        case HANG_UP_AFTER_DOING -> http.close();
        default -> Sender.send(http, response.status(), headers, body);
      }
    } finally {
      context.traffic().ended();
    }
  }

  private void note(Fault.Kind kind, int status, byte[] body) {
    String errcode = "";
    if (status >= 400) {
      ObjectNode error = error(body);
      errcode = error.path("errcode").asString("");
      context
          .story()
          .consequence(asked + " is refused: " + status + " " + errcode + ": "
              + error.path("error").asString(""));
    }
    if (kind != Fault.Kind.HANG_UP_AFTER_DOING) {
      context.traffic().answered(number, status, errcode);
    }
  }

  private static ObjectNode error(byte[] body) {
    try {
      return Json.body(body).tree();
    } catch (ApiError e) {
      return Json.object();
    }
  }

  private void fail(Fault fault) {
    switch (fault.kind()) {
      case HANG_UP -> http.close();
      case NONSENSE -> {
        context.traffic().answered(number, fault.status(), "");
        Sender.sendNonsense(http);
      }
      default -> {
        Map<String, String> headers = new HashMap<>(context.requests().headers());
        ObjectNode error = Json.object()
            .put("errcode", fault.kind() == Fault.Kind.LIMIT ? "M_LIMIT_EXCEEDED" : "M_UNKNOWN")
            .put("error", "the test makes this request fail");
        if (fault.kind() == Fault.Kind.LIMIT) {
          long millis = fault.time().toMillis();
          error.put("retry_after_ms", millis);
          headers.put(
              "Retry-After", String.valueOf((millis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND));
        }
        context.traffic().answered(number, fault.status(), "");
        Sender.send(http, fault.status(), headers, Json.write(error).toByteArray());
      }
    }
  }
}
