package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.appservice.Introductions;
import io.github.matrixsync.examples.homeserver.appservice.Services;
import io.github.matrixsync.examples.homeserver.body.Answer;
import io.github.matrixsync.examples.homeserver.body.ApiError;
import io.github.matrixsync.examples.homeserver.body.BufferStream;
import io.github.matrixsync.examples.homeserver.body.Payload;
import io.github.matrixsync.examples.homeserver.http.Api;
import io.github.matrixsync.examples.homeserver.http.Call;
import io.github.matrixsync.examples.homeserver.http.Parameters;
import io.github.matrixsync.examples.homeserver.http.Requester;
import io.github.matrixsync.examples.homeserver.http.Router;
import io.github.matrixsync.examples.homeserver.people.Accounts;
import io.github.matrixsync.examples.homeserver.people.Guests;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Passes requests of Vert.x to the sync core's edge and the routers, and sends their answers. What may block runs on
 * worker threads.
 */
final class Requests implements Handler<HttpServerRequest> {
  static final int MAX_BODY = 4 << 20;
  private static final Buffer NO_BODY = Buffer.buffer();

  private final Vertx vertx;
  private final Accounts accounts;
  private final Services services;
  private final Introductions introductions;
  private final RestEdge edge;
  private final boolean isRemote;
  private final List<Api> apis;
  private final List<Header> headers;

  Requests(Vertx vertx, HomeServer server, List<Api> apis) {
    this.vertx = vertx;
    this.accounts = server.accounts;
    this.services = server.services;
    this.introductions = server.introductions;
    this.edge = server.edge;
    this.isRemote = server.stores.isRemote();
    this.apis = apis;
    this.headers = encodedOnce(edge.error(500, "", "").headers());
  }

  /** Answers a request that is not valid HTTP with a JSON error. */
  void refuse(HttpServerRequest request) {
    boolean isTooLong = request.decoderResult().cause() instanceof TooLongHttpLineException;
    send(
        request,
        isTooLong
            ? edge.error(
                414,
                "M_TOO_LARGE",
                "a request line may have at most " + HomeServer.LONGEST_LINE + " bytes")
            : edge.error(400, "M_UNKNOWN", "not a request that this server can read"));
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
      if (body.length() <= MAX_BODY) {
        body.appendBuffer(part);
      }
    });
    request.endHandler(end -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    try {
      if (request.method().name().equals("OPTIONS")) {
        send(request, Answer.EMPTY);
      } else if (body.length() > MAX_BODY) {
        throw ApiError.of(413, "M_TOO_LARGE", "the body is larger than 4 MiB");
      } else if (isRemote) {
        // The first poll of a user sets them online, which waits for the store.
        working(vertx.getOrCreateContext(), () -> dispatched(request, body))
            .onFailure(failure -> fail(request, request.method().name(), failure));
      } else {
        dispatch(request, body);
      }
    } catch (Throwable e) {
      fail(request, request.method().name(), e);
    }
  }

  private boolean dispatched(HttpServerRequest request, Buffer body) {
    dispatch(request, body);
    return true;
  }

  private void dispatch(HttpServerRequest request, Buffer body) {
    String path = Objects.requireNonNullElse(request.path(), "");
    for (Api api : apis) {
      Optional<String> rest = api.rest(path);
      if (rest.isPresent()) {
        dispatch(request, body, api, rest.get());
        return;
      }
    }
    throw ApiError.of(404, "M_UNRECOGNIZED", "Unrecognized request");
  }

  private void dispatch(HttpServerRequest request, Buffer body, Api api, String path) {
    Parameters parameters = Parameters.of(request, body, api);
    Map<String, List<String>> query = parameters.all();
    Requester requester = services.requester(parameters.token(request), query);
    Optional<UserId> user = requester.user();
    boolean guest = user.filter(accounts::isGuest).isPresent();
    if (user.isPresent() && api.edge().isPresent()) {
      if (guest) {
        Guests.requireOpenSync(path, query);
      }
      RestRequest sync = requester.asked(new RestRequest(path, query, user.get(), api.form()));
      Optional<CompletableFuture<RestResponse>> answer =
          asked(api.edge().get(), request.method(), sync, body);
      if (answer.isPresent()) {
        answerWith(request, answer.get());
        return;
      }
    }
    Router.Match match = api.router().find(request.method().name(), segments(path));
    if (guest) {
      Guests.requireOpen(request.method().name(), match);
    }
    String name = request.method().name() + " " + match.pattern();
    Buffer json = parameters.isForm() ? NO_BODY : body;
    Optional<String> type = Optional.ofNullable(request.getHeader("Content-Type"));
    Callable<Call> call = () -> new Call(match, query, payload(match, json, type), requester);
    Context context = vertx.getOrCreateContext();
    Future<Answer> answer = introductions.concern(name)
        ? working(context, call)
            .compose(named -> introductions.before(name, named))
            .compose(named -> working(context, () -> match.handler().handle(named)))
        : working(context, () -> match.handler().handle(call.call()));
    answer
        .onSuccess(given -> send(request, given))
        .onFailure(failure -> fail(request, name, failure));
  }

  private static Optional<CompletableFuture<RestResponse>> asked(
      RestEdge edge, HttpMethod method, RestRequest sync, Buffer body) {
    if (method.equals(HttpMethod.GET)) {
      return edge.get(sync);
    }
    return method.equals(HttpMethod.POST)
        ? edge.post(sync, RawJson.of(body.getBytes()))
        : Optional.empty();
  }

  private static Payload payload(Router.Match match, Buffer body, Optional<String> type) {
    return match.isUpload() ? Payload.file(body.getBytes(), type) : Payload.json(body.getBytes());
  }

  /** Runs work that may block; its result is passed to the request's own context. */
  private static <T> Future<T> working(Context context, Callable<T> work) {
    return context.executeBlocking(work, false).map(Objects::requireNonNull);
  }

  /** Answers a failed request; {@code name} is the kind of request in the log. */
  private void fail(HttpServerRequest request, String name, Throwable failure) {
    FullHeap.check(failure);
    send(
        request,
        failure instanceof ApiError error
            ? edge.error(error.status(), error.errcode(), error.message())
            : edge.failed(name, withoutMessage(failure)));
  }

  /** Returns a failure without its message for the log: messages may quote a request, and with it an access token. */
  private static Throwable withoutMessage(Throwable failure) {
    Throwable safe = new IllegalStateException(failure.getClass().getName());
    safe.setStackTrace(failure.getStackTrace());
    return safe;
  }

  /** Sends the sync core's answer; if the client disconnects, its poll ends. */
  private void answerWith(HttpServerRequest request, CompletableFuture<RestResponse> sync) {
    Context context = vertx.getOrCreateContext();
    request.connection().closeHandler(closed -> sync.cancel(true));
    CompletableFuture<Void> sent = sync.thenAccept(response -> {
      Buffer body = body(response);
      context.runOnContext(go -> send(request, response.status(), body));
    });
    CompletableFuture<Void> unused = sent.whenComplete((done, failure) -> {
      if (failure != null && !sync.isCancelled()) {
        context.runOnContext(go -> fail(request, "GET", failure));
      }
    });
  }

  /** A header in the form that Vert.x sends without conversion. */
  private record Header(CharSequence name, CharSequence value) {}

  private static List<Header> encodedOnce(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> new Header(
            HttpHeaders.createOptimized(header.getKey()),
            HttpHeaders.createOptimized(header.getValue())))
        .toList();
  }

  private void send(HttpServerRequest request, RestResponse response) {
    send(request, response.status(), body(response));
  }

  private void send(HttpServerRequest request, Answer answer) {
    send(request, answer.status(), Buffer.buffer(answer.body()), answer.headers());
  }

  private static Buffer body(RestResponse response) {
    Buffer body = Buffer.buffer((int) response.length());
    try {
      response.writeTo(new BufferStream(body));
    } catch (IOException e) {
      throw new IllegalStateException("a buffer takes everything", e);
    }
    return body;
  }

  private void send(HttpServerRequest request, int status, Buffer body) {
    send(request, status, body, Map.of());
  }

  private void send(
      HttpServerRequest request, int status, Buffer body, Map<String, String> others) {
    HttpServerResponse answer = request.response();
    if (!answer.closed() && !answer.ended()) {
      headers.forEach(header -> answer.putHeader(header.name(), header.value()));
      others.forEach(answer::putHeader);
      answer.setStatusCode(status).end(body);
    }
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
}
