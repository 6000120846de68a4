package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.homeserver.Requests;
import io.github.matrixsync.homeserver.http.Request;
import io.github.matrixsync.homeserver.http.Response;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Passes requests of Vert.x to {@link Requests}, and sends the responses. */
final class HttpRequests implements Handler<HttpServerRequest> {
  private static final Buffer NO_BODY = Buffer.buffer();

  /** A header in the form that Vert.x sends without conversion. */
  private record Header(CharSequence name, CharSequence value) {}

  private final Vertx vertx;
  private final Supplier<Requests> requests;
  private final Meters meters;
  private final List<Header> headers;

  /**
   * Creates the handler of a server.
   *
   * @param requests called for each request of HTTP, because a restart replaces the object
   */
  HttpRequests(Vertx vertx, Supplier<Requests> requests, Meters meters) {
    this.vertx = vertx;
    this.requests = requests;
    this.meters = meters;
    headers = requests.get().headers().entrySet().stream()
        .map(header -> new Header(
            HttpHeaders.createOptimized(header.getKey()),
            HttpHeaders.createOptimized(header.getValue())))
        .toList();
  }

  /** Answers a request that is not valid HTTP with a JSON error. */
  void refuse(HttpServerRequest request) {
    boolean isTooLong = request.decoderResult().cause() instanceof TooLongHttpLineException;
    Response refusal = isTooLong
        ? requests
            .get()
            .refusal(
                414,
                "M_TOO_LARGE",
                "a request line may have at most " + HomeServer.LONGEST_LINE + " bytes")
        : requests.get().refusal(400, "M_UNKNOWN", "not a request that this server can read");
    send(request, refusal, body(refusal));
  }

  /**
   * Handles a request. GET requests are answered without reading their body, so that none is held while a poll is
   * parked.
   */
  @Override
  public void handle(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET)) {
      answer(request, NO_BODY);
    } else {
      collect(request);
    }
  }

  private void collect(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() <= Requests.MAX_BODY) {
        body.appendBuffer(part);
      }
    });
    request.endHandler(end -> answer(request, body));
  }

  /** Answers a request; if the client disconnects, its poll ends. */
  private void answer(HttpServerRequest request, Buffer body) {
    Context context = vertx.getOrCreateContext();
    Request asked = new Request(
        request.method().name(),
        Objects.requireNonNullElse(request.path(), ""),
        Objects.requireNonNullElse(request.query(), ""),
        request::getHeader,
        body.getBytes());
    CompletableFuture<Response> answer = Page.isAskedByAnotherPage(asked)
        ? CompletableFuture.completedFuture(
            requests.get().refusal(403, "M_FORBIDDEN", "a page of another origin cannot do this"))
        : requests.get().answer(asked);
    request.connection().closeHandler(closed -> answer.cancel(true));
    CompletableFuture<Void> unused = answer.thenAccept(response -> {
      Buffer sent = body(response);
      context.runOnContext(go -> send(request, response, sent));
    });
  }

  private static Buffer body(Response response) {
    Buffer body = Buffer.buffer((int) response.length());
    try {
      response.writeTo(new BufferStream(body));
    } catch (IOException e) {
      throw new IllegalStateException("a buffer takes everything", e);
    }
    return body;
  }

  private void send(HttpServerRequest request, Response response, Buffer body) {
    HttpServerResponse answer = request.response();
    if (!answer.closed() && !answer.ended()) {
      headers.forEach(header -> answer.putHeader(header.name(), header.value()));
      response.headers().forEach(answer::putHeader);
      if (request.method().equals(HttpMethod.HEAD)) {
        answer.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
      }
      answer.setStatusCode(response.status()).end(body);
      meters.answered(Objects.requireNonNullElse(request.path(), ""), response);
    }
  }
}
