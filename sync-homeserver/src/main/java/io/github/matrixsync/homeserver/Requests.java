package io.github.matrixsync.homeserver;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.appservice.Introductions;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Payload;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Parameters;
import io.github.matrixsync.homeserver.http.Request;
import io.github.matrixsync.homeserver.http.Requester;
import io.github.matrixsync.homeserver.http.Response;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.people.Guests;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers requests: passes each to the sync core's edge or to the handler of its route, and makes JSON errors of what
 * goes wrong. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Requests {
  /** The most bytes of a body. */
  public static final int MAX_BODY = 4 << 20;

  private static final byte[] NO_BODY = {};

  /**
   * What the host supplies.
   *
   * @param dispatcher runs the beginning of each request, which blocks if a call of a store may block
   * @param worker runs the handlers of routes, which may block
   * @param failures gets each failure that is answered with status 500
   * @since 0.1.0
   */
  public record Host(Executor dispatcher, Executor worker, Consumer<Throwable> failures) {}

  private final ServerParts server;
  private final Introductions introductions;
  private final RestEdge edge;
  private final List<Api> apis;
  private final Host host;

  /**
   * Creates the object for a server.
   *
   * @param edge makes the errors
   * @param apis the routes, in the order in which their prefixes are tried
   */
  public Requests(
      ServerParts server, Introductions introductions, RestEdge edge, List<Api> apis, Host host) {
    this.server = server;
    this.introductions = introductions;
    this.edge = edge;
    this.apis = apis;
    this.host = host;
  }

  /** Returns the headers of every response, without those that a response adds or replaces. */
  public Map<String, String> headers() {
    return edge.error(500, "M_UNKNOWN", "").headers();
  }

  /** Returns the response to a request that never came to be one. */
  public Response refusal(int status, String errcode, String message) {
    return Response.of(edge.error(status, errcode, message));
  }

  /** Returns as whom a request was sent; empty if its token is missing or unknown. */
  public Optional<UserId> sender(Request request) {
    try {
      return apis.stream()
          .filter(api -> api.rest(request.path()).isPresent())
          .findFirst()
          .map(api -> Parameters.of(request, api))
          .flatMap(given ->
              server.services().requester(given.token(request), given.all()).user());
    } catch (ApiError e) {
      return Optional.empty();
    }
  }

  /**
   * Answers a request.
   *
   * @param request its body may be cut, if it has more than {@link #MAX_BODY} bytes all the same
   * @return the response; never fails. Cancelling it ends the poll of a request that waits for events
   */
  public CompletableFuture<Response> answer(Request request) {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    host.dispatcher().execute(() -> {
      try {
        dispatch(request, answer);
      } catch (Throwable e) {
        fail(answer, request.method(), e);
      }
    });
    return answer;
  }

  private void dispatch(Request request, CompletableFuture<Response> answer) {
    if (request.method().equals("OPTIONS")) {
      answer.complete(Response.of(Answer.EMPTY));
      return;
    }
    if (request.body().length > MAX_BODY) {
      throw ApiError.of(413, "M_TOO_LARGE", "the body is larger than 4 MiB");
    }
    for (Api api : apis) {
      Optional<String> rest = api.rest(request.path());
      if (rest.isPresent()) {
        dispatch(request, api, rest.get(), answer);
        return;
      }
    }
    throw ApiError.of(404, "M_UNRECOGNIZED", "Unrecognized request");
  }

  private void dispatch(Request request, Api api, String path, CompletableFuture<Response> answer) {
    Parameters parameters = Parameters.of(request, api);
    Map<String, List<String>> query = parameters.all();
    Requester requester = server.services().requester(parameters.token(request), query);
    Optional<UserId> user = requester.user();
    boolean guest = user.filter(server.accounts()::isGuest).isPresent();
    if (user.isPresent() && api.edge().isPresent()) {
      if (guest) {
        Guests.requireOpenSync(path, query);
      }
      RestRequest sync = requester.asked(new RestRequest(path, query, user.get(), api.form()));
      Optional<CompletableFuture<RestResponse>> asked = asked(api.edge().get(), request, sync);
      if (asked.isPresent()) {
        pass(asked.get(), answer);
        return;
      }
    }
    Router.Match match = api.router().find(request.method(), Request.segments(path));
    if (guest) {
      Guests.requireOpen(request.method(), match);
    }
    byte[] body = parameters.isForm() ? NO_BODY : request.body();
    Optional<String> type = request.header("Content-Type");
    String name = request.method() + " " + match.pattern();
    CompletableFuture<Answer> unused = handle(
            name, () -> new Call(match, query, payload(match, body, type), requester))
        .whenComplete((given, failure) -> {
          if (failure == null) {
            answer.complete(Response.of(given));
          } else {
            fail(answer, name, failure);
          }
        });
  }

  private static Optional<CompletableFuture<RestResponse>> asked(
      RestEdge edge, Request request, RestRequest sync) {
    return switch (request.method()) {
      case "GET" -> edge.get(sync);
      case "POST" -> edge.post(sync, RawJson.of(request.body()));
      default -> Optional.empty();
    };
  }

  /** Passes the sync core's answer on; if the response is cancelled, the poll ends. */
  private void pass(CompletableFuture<RestResponse> asked, CompletableFuture<Response> answer) {
    CompletableFuture<Response> unused = answer.whenComplete((response, failure) -> {
      if (answer.isCancelled()) {
        asked.cancel(true);
      }
    });
    CompletableFuture<RestResponse> unusedToo = asked.whenComplete((response, failure) -> {
      if (failure == null) {
        answer.complete(Response.of(response));
      } else {
        fail(answer, "GET", failure);
      }
    });
  }

  /** Handles a call on a worker, after services were asked for what it names if it may name something new. */
  private CompletableFuture<Answer> handle(String name, Supplier<Call> call) {
    if (!introductions.concern(name)) {
      return CompletableFuture.completedFuture(call)
          .thenComposeAsync(made -> handled(made.get()), host.worker());
    }
    return CompletableFuture.supplyAsync(call, host.worker())
        .thenCompose(named -> introductions.before(name, named))
        .thenComposeAsync(Requests::handled, host.worker());
  }

  private static CompletableFuture<Answer> handled(Call call) {
    return call.match().handler().handle(call);
  }

  private static Payload payload(Router.Match match, byte[] body, Optional<String> type) {
    return match.isUpload() ? Payload.file(body, type) : Payload.json(body);
  }

  /** Answers a failed request; {@code name} is the kind of request in the log. */
  private void fail(CompletableFuture<Response> answer, String name, Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    if (answer.isCancelled()) {
      return;
    }
    if (cause instanceof ApiError error) {
      answer.complete(refusal(error.status(), error.errcode(), error.message()));
    } else {
      host.failures().accept(cause);
      answer.complete(Response.of(edge.failed(name, withoutMessage(cause))));
    }
  }

  /** Returns a failure without its message for the log: messages may quote a request, and with it an access token. */
  private static Throwable withoutMessage(Throwable failure) {
    Throwable safe = new IllegalStateException(failure.getClass().getName());
    safe.setStackTrace(failure.getStackTrace());
    return safe;
  }
}
