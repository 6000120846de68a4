package io.github.matrixsync.rest;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.rest.Route.Endpoint;
import io.github.matrixsync.store.model.Direction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Answers the GET requests of the v1 Sync API, and the two of one room to which its tokens lead:
 *
 * <table>
 * <caption>Endpoints and the parameters they read; all others are ignored</caption>
 * <tr><th>path</th><th>parameters</th></tr>
 * <tr><td>{@code /events}</td><td>{@code from}, {@code timeout}, {@code limit}, {@code room_id};
 * {@code to} and {@code dir} are checked</td></tr>
 * <tr><td>{@code /initialSync}</td><td>{@code limit}, {@code archived}; {@code from}, {@code to}
 * and {@code dir} are checked</td></tr>
 * <tr><td>{@code /events/{eventId}}</td><td>none</td></tr>
 * <tr><td>{@code /rooms/{roomId}/initialSync}</td><td>{@code limit}; {@code from}, {@code to} and
 * {@code dir} are checked</td></tr>
 * <tr><td>{@code /rooms/{roomId}/messages}</td><td>{@code from}, {@code to}, {@code dir}, {@code
 * limit}</td></tr>
 * </table>
 *
 * <p>The host authenticates the user, and handles access tokens, other methods, unknown paths and rate limits;
 * {@link #error} makes the answers to those. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RestEdge {
  /** Without {@code limit}, and with 0, the engine's own bound holds: so it was in 2015. */
  private static final RestSettings.Limits STREAM_LIMITS =
      new RestSettings.Limits(0, Integer.MAX_VALUE);

  private final SyncApi engine;
  private final RestSettings settings;
  private final Map<String, String> headers;
  private final FailureLog log;
  private final Failures failures;

  private RestEdge(SyncApi engine, RestSettings settings, LongSupplier nanoTime) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.settings = Objects.requireNonNull(settings, "settings");
    Map<String, String> all = new HashMap<>(Answer.JSON);
    all.putAll(settings.corsHeaders());
    this.headers = Map.copyOf(all);
    this.log = new FailureLog(nanoTime);
    this.failures = new Failures(settings, engine::isClosed, log);
  }

  /** Returns the edge of {@code engine} with the settings of the API document. */
  public static RestEdge of(SyncApi engine) {
    return of(engine, RestSettings.DEFAULT);
  }

  /** Returns the edge of {@code engine} with other settings. */
  public static RestEdge of(SyncApi engine, RestSettings settings) {
    return of(engine, settings, System::nanoTime);
  }

  static RestEdge of(SyncApi engine, RestSettings settings, LongSupplier nanoTime) {
    return new RestEdge(engine, settings, nanoTime);
  }

  /**
   * Answers a request. Does not block.
   *
   * <p>The future never fails, for every error is an answer: 400 for a parameter that is wrong, 403
   * for a room that the requester may not read, 404 for an event that is unknown or not for the
   * requester, 429 for one request too many, 503 once the engine is closed, 500 for everything
   * else. It completes on the calling thread or on one of the engine's. Cancelling it, or a future
   * derived from it, ends the poll; so does completing it in another way, as {@link
   * CompletableFuture#orTimeout} does.
   *
   * @return empty iff the path is none of this edge's
   */
  public Optional<CompletableFuture<RestResponse>> get(RestRequest request) {
    return Route.of(request.path()).map(route -> answer(route, request));
  }

  /**
   * Returns an error with this edge's headers and the body that clients expect, {@code
   * {"errcode":..., "error":...}}.
   *
   * @param status 400 to 599
   * @param errcode the code by which clients tell errors apart, such as {@code M_UNKNOWN_TOKEN}
   * @param message for people
   */
  public RestResponse error(int status, String errcode, String message) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("an error's status must be 400 to 599, got " + status);
    }
    return finished(Bodies.error(status, errcode, message));
  }

  /**
   * Returns the answer to a request of the host's own that failed for a reason other than the request: 503 if the
   * engine is closed, else 500, which is logged as failures of this edge's requests are: of each kind of exception the
   * first, and once that it is over.
   *
   * @param request for the log, such as {@code PUT rooms/{roomId}/send}; with nothing in it that a client sent
   * @param failure for the log, with its message and stack trace
   */
  public RestResponse failed(String request, Throwable failure) {
    return finished(failures.internal(request, failure));
  }

  private CompletableFuture<RestResponse> answer(Route route, RestRequest request) {
    try {
      Parameters parameters = new Parameters(request.query(), settings);
      return switch (route.endpoint()) {
        case EVENTS -> events(request, parameters);
        case INITIAL_SYNC -> initialSync(request, parameters);
        case EVENT -> event(request, route.segment());
        case ROOM_INITIAL_SYNC -> roomInitialSync(request, route.segment(), parameters);
        case MESSAGES -> messages(request, route.segment(), parameters);
      };
    } catch (Throwable e) {
      return CompletableFuture.completedFuture(finished(failures.thrown(route.endpoint(), e)));
    }
  }

  private CompletableFuture<RestResponse> events(RestRequest request, Parameters parameters) {
    parameters.direction();
    StreamToken from = parameters.streamFrom();
    parameters.checkToken("to");
    int limit = parameters.limit(STREAM_LIMITS);
    Duration timeout = parameters.timeout();
    Optional<RoomId> room = parameters.roomId();
    StreamOptions options = StreamOptions.DEFAULT.withForm(request.form());
    if (limit > 0) {
      options = options.withLimit(limit);
    }
    if (room.isPresent()) {
      options = options.inRoom(room.get());
    } else if (request.service().isPresent()) {
      options = options.withService(request.service().get());
    }
    return answer(
        Endpoint.EVENTS,
        engine.stream(request.requester(), from, timeout, options),
        Bodies::events);
  }

  private CompletableFuture<RestResponse> initialSync(RestRequest request, Parameters parameters) {
    int limit = snapshotLimit(parameters);
    SnapshotOptions options =
        SnapshotOptions.DEFAULT.withLeftRooms(parameters.leftRooms()).withForm(request.form());
    return answer(
        Endpoint.INITIAL_SYNC,
        engine.initialSyncAsync(request.requester(), limit, options),
        Bodies::initialSync);
  }

  private CompletableFuture<RestResponse> event(RestRequest request, String segment) {
    EventId id;
    try {
      id = EventId.parse(PathSegment.decode(segment));
    } catch (InvalidIdException e) {
      return CompletableFuture.completedFuture(finished(eventNotFound()));
    }
    return answer(
        Endpoint.EVENT,
        engine.getEventAsync(request.requester(), id, request.form()),
        found -> found.map(Bodies::event).orElseGet(RestEdge::eventNotFound));
  }

  private CompletableFuture<RestResponse> roomInitialSync(
      RestRequest request, String segment, Parameters parameters) {
    RoomId room = parameters.roomId(PathSegment.decode(segment));
    int limit = snapshotLimit(parameters);
    return answer(
        Endpoint.ROOM_INITIAL_SYNC,
        engine.roomInitialSyncAsync(request.requester(), room, limit, request.form()),
        Bodies::roomInitialSync);
  }

  private CompletableFuture<RestResponse> messages(
      RestRequest request, String segment, Parameters parameters) {
    RoomId room = parameters.roomId(PathSegment.decode(segment));
    Direction direction = parameters.direction();
    PaginationToken from = parameters.historyToken("from", direction == Direction.BACKWARD);
    PaginationToken to = parameters.historyToken("to", direction == Direction.FORWARD);
    int limit = parameters.limit(settings.messageLimits());
    MessagesOptions options = MessagesOptions.DEFAULT
        .withFrom(from)
        .withTo(to)
        .withDirection(direction)
        .withLimit(limit)
        .withForm(request.form());
    return answer(
        Endpoint.MESSAGES,
        engine.messagesAsync(request.requester(), room, options),
        Bodies::messages);
  }

  private int snapshotLimit(Parameters parameters) {
    parameters.direction();
    parameters.checkToken("from");
    parameters.checkToken("to");
    return parameters.limit(settings.snapshotLimits());
  }

  private <T> CompletableFuture<RestResponse> answer(
      Endpoint endpoint, CompletableFuture<T> call, Function<T, Answer> body) {
    return Pending.of(
        call,
        value -> {
          try {
            Answer answer = body.apply(value);
            log.succeeded();
            return finished(answer);
          } catch (Throwable e) {
            return finished(failures.failed(endpoint, e));
          }
        },
        failure -> finished(failures.failed(endpoint, failure)));
  }

  private RestResponse finished(Answer answer) {
    return answer.withHeaders(headers);
  }

  /** Unknown and forbidden events have the same answer, so that a client cannot find out which events exist. */
  private static Answer eventNotFound() {
    return Bodies.error(404, "M_NOT_FOUND", "Event not found");
  }
}
