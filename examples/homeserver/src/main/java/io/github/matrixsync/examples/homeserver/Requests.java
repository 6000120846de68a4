package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From Vert.x to the router and the sync core's edge, and back. What may block runs on worker threads. */
final class Requests implements Handler<HttpServerRequest> {
  private static final Logger log = LoggerFactory.getLogger(Requests.class);
  private static final List<String> PREFIXES =
      List.of("/_matrix/client/api/v1", "/_matrix/client/v2_alpha");
  private static final Map<String, String> CORS_AND_TYPE =
      RestEdge.error(500, "", "").headers();
  private static final int MAX_BODY = 1 << 20;

  private final HomeServer server;
  private final RestEdge edge;
  private final Router router;
  private final Vertx vertx;

  Requests(HomeServer server, RestEdge edge, Router router, Vertx vertx) {
    this.server = server;
    this.edge = edge;
    this.router = router;
    this.vertx = vertx;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() + part.length() <= MAX_BODY + 1) {
        body.appendBuffer(part);
      }
    });
    request.endHandler(end -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    try {
      if (request.method().name().equals("OPTIONS")) {
        send(request, 200, "{}".getBytes(StandardCharsets.UTF_8));
      } else if (body.length() > MAX_BODY) {
        throw ApiError.of(413, "M_TOO_LARGE", "the body is larger than 1 MiB");
      } else {
        route(request, body);
      }
    } catch (ApiError e) {
      send(request, RestEdge.error(e.status(), e.errcode(), e.message()));
    }
  }

  private void route(HttpServerRequest request, Buffer body) {
    String path = behindPrefix(Objects.requireNonNullElse(request.path(), ""));
    Map<String, List<String>> query = query(request.params());
    Optional<UserId> user = token(request, query).flatMap(server.accounts::userOf);
    boolean get = request.method().name().equals("GET");
    if (get && user.isPresent()) {
      Optional<CompletableFuture<RestResponse>> sync =
          edge.get(new RestRequest(path, query, user.get()));
      if (sync.isPresent()) {
        answerWith(request, sync.get());
        return;
      }
    }
    Router.Match match = router
        .find(request.method().name(), segments(path))
        .orElseThrow(() -> ApiError.of(404, "M_UNRECOGNIZED", "Unrecognized request"));
    byte[] bytes = get ? new byte[0] : body.getBytes();
    vertx
        .executeBlocking(
            () -> match
                .handler()
                .handle(new Call(match.path(), query, Json.body(bytes), user))
                .toString()
                .getBytes(StandardCharsets.UTF_8),
            false)
        .onSuccess(answer -> send(request, 200, answer))
        .onFailure(failure -> fail(request, failure));
  }

  private void fail(HttpServerRequest request, Throwable failure) {
    if (failure instanceof ApiError error) {
      send(request, RestEdge.error(error.status(), error.errcode(), error.message()));
    } else {
      log.error("cannot answer", failure);
      send(request, RestEdge.error(500, "M_UNKNOWN", "Internal server error"));
    }
  }

  /** Sends what the sync core answers; a client that hangs up ends its poll. */
  private void answerWith(HttpServerRequest request, CompletableFuture<RestResponse> sync) {
    request.connection().closeHandler(closed -> sync.cancel(true));
    request.response().closeHandler(closed -> sync.cancel(true));
    CompletableFuture<Void> unused =
        sync.thenAccept(response -> vertx.runOnContext(go -> send(request, response)));
  }

  private static void send(HttpServerRequest request, RestResponse response) {
    ByteArrayOutputStream body = new ByteArrayOutputStream((int) response.length());
    try {
      response.writeTo(body);
    } catch (IOException e) {
      throw new IllegalStateException("an array takes everything", e);
    }
    HttpServerResponse answer = request.response();
    if (!answer.closed()) {
      response.headers().forEach(answer::putHeader);
      answer.setStatusCode(response.status()).end(Buffer.buffer(body.toByteArray()));
    }
  }

  private static void send(HttpServerRequest request, int status, byte[] body) {
    HttpServerResponse answer = request.response();
    if (!answer.closed()) {
      CORS_AND_TYPE.forEach(answer::putHeader);
      answer.setStatusCode(status).end(Buffer.buffer(body));
    }
  }

  private static String behindPrefix(String path) {
    for (String prefix : PREFIXES) {
      if (path.startsWith(prefix + "/")) {
        return path.substring(prefix.length());
      }
    }
    throw ApiError.of(404, "M_UNRECOGNIZED", "Unrecognized request");
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      try {
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw ApiError.of(400, "M_UNKNOWN", "the path has a broken escape");
      }
    }
    return segments;
  }

  private static Map<String, List<String>> query(MultiMap params) {
    Map<String, List<String>> query = new HashMap<>();
    params.names().forEach(name -> query.put(name, List.copyOf(params.getAll(name))));
    return query;
  }

  private static Optional<String> token(
      HttpServerRequest request, Map<String, List<String>> query) {
    String header = request.getHeader("Authorization");
    if (header != null && header.startsWith("Bearer ")) {
      return Optional.of(header.substring("Bearer ".length()));
    }
    return query.getOrDefault("access_token", List.of()).stream().findFirst();
  }
}
