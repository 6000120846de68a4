package io.github.matrixsync.rest;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.rest.Route.Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers the requests of the v1 Sync API, and those for parts of one room to which its tokens lead:
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
 * limit}; in r0 and v3 {@code filter}</td></tr>
 * </table>
 *
 * <p>In the forms of r0 and v3 also these:
 *
 * <table>
 * <caption>Endpoints of r0 and v3 and the parameters they read; all others are ignored</caption>
 * <tr><th>path</th><th>parameters</th></tr>
 * <tr><td>{@code /rooms/{roomId}/context/{eventId}}</td><td>{@code limit}, {@code filter}</td></tr>
 * <tr><td>{@code /rooms/{roomId}/event/{eventId}}</td><td>none</td></tr>
 * <tr><td>{@code /rooms/{roomId}/state}</td><td>none</td></tr>
 * <tr><td>{@code /rooms/{roomId}/state/{eventType}}, and with {@code /{stateKey}}</td><td>{@code format}</td></tr>
 * <tr><td>{@code /rooms/{roomId}/members}</td><td>{@code at}, {@code membership}, {@code not_membership}</td></tr>
 * <tr><td>{@code /rooms/{roomId}/joined_members}, {@code /joined_rooms}</td><td>none</td></tr>
 * <tr><td>{@code /sync}</td><td>{@code since}, {@code timeout}, {@code filter}, {@code full_state}, {@code
 * set_presence}, {@code use_state_after}, also as {@code org.matrix.msc4222.use_state_after}; {@code from} is
 * refused</td></tr>
 * <tr><td>{@code /user/{userId}/filter/{filterId}}, and POST {@code /user/{userId}/filter}</td><td>none</td></tr>
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
  private final RoomEndpoints rooms;
  private final SyncEndpoints syncs;

  /**
   * A call of the engine, and how its value becomes an answer.
   *
   * @param call the engine's future, which is cancelled with the request's
   * @param body makes the answer
   */
  record Asked<T>(CompletableFuture<T> call, Function<T, Answer> body) {}

  private RestEdge(SyncApi engine, RestSettings settings, LongSupplier nanoTime) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.settings = Objects.requireNonNull(settings, "settings");
    Map<String, String> all = new HashMap<>(Answer.JSON);
    all.putAll(settings.corsHeaders());
    this.headers = Map.copyOf(all);
    this.log = new FailureLog(nanoTime);
    this.failures = new Failures(settings, engine::isClosed, log);
    this.rooms = new RoomEndpoints(engine, settings);
    this.syncs = new SyncEndpoints(engine, settings);
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
    return Route.of(request.path())
        .filter(route -> route.endpoint().isGet(request.form()))
        .map(route -> answer(route, request));
  }

  /**
   * Answers a POST request, as {@link #get} does a GET request. A body that is too large has status 413.
   *
   * @param body as it came, not checked; a host may refuse one above 64 KiB before it has read it all
   * @return empty iff the path is none of this edge's for this method
   */
  public Optional<CompletableFuture<RestResponse>> post(RestRequest request, RawJson body) {
    return Route.of(request.path())
        .filter(route -> route.endpoint().isPost(request.form()))
        .map(route ->
            caught(route, () -> answered(route.endpoint(), syncs.put(request, route, body))));
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
    Parameters parameters = new Parameters(request.query(), settings);
    Endpoint endpoint = route.endpoint();
    return caught(route, () -> switch (endpoint) {
      case EVENTS -> events(request, parameters);
      case INITIAL_SYNC -> initialSync(request, parameters);
      case EVENT -> event(request, route);
      case ROOM_INITIAL_SYNC -> roomInitialSync(request, route, parameters);
      case MESSAGES -> answered(endpoint, rooms.messages(request, route, parameters));
      case CONTEXT -> answered(endpoint, rooms.context(request, route, parameters));
      case ROOM_EVENT -> answered(endpoint, rooms.event(request, route, parameters));
      case STATE -> answered(endpoint, rooms.state(request, route, parameters));
      case STATE_OF_TYPE, STATE_ENTRY ->
        answered(endpoint, rooms.stateEntry(request, route, parameters));
      case MEMBERS -> answered(endpoint, rooms.members(request, route, parameters));
      case JOINED_MEMBERS -> answered(endpoint, rooms.joinedMembers(request, route, parameters));
      case JOINED_ROOMS -> answered(endpoint, rooms.joinedRooms(request));
      case SYNC -> answered(endpoint, syncs.sync(request, parameters));
      case FILTER -> answered(endpoint, syncs.get(request, route));
      case NEW_FILTER -> throw new IllegalStateException(endpoint.request());
    });
  }

  private CompletableFuture<RestResponse> caught(
      Route route, Supplier<CompletableFuture<RestResponse>> answer) {
    try {
      return answer.get();
    } catch (Throwable e) {
      return CompletableFuture.completedFuture(finished(failures.thrown(route.endpoint(), e)));
    }
  }

  private <T> CompletableFuture<RestResponse> answered(Endpoint endpoint, Asked<T> asked) {
    return answer(endpoint, asked.call(), asked.body());
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

  private CompletableFuture<RestResponse> event(RestRequest request, Route route) {
    EventId id;
    try {
      id = EventId.parse(route.first());
    } catch (InvalidIdException e) {
      return CompletableFuture.completedFuture(finished(Bodies.eventNotFound()));
    }
    return answer(
        Endpoint.EVENT,
        engine.getEventAsync(request.requester(), id, request.form()),
        found -> found.map(Bodies::event).orElseGet(Bodies::eventNotFound));
  }

  private CompletableFuture<RestResponse> roomInitialSync(
      RestRequest request, Route route, Parameters parameters) {
    RoomId room = parameters.roomId(route.first());
    int limit = snapshotLimit(parameters);
    return answer(
        Endpoint.ROOM_INITIAL_SYNC,
        engine.roomInitialSyncAsync(request.requester(), room, limit, request.form()),
        Bodies::roomInitialSync);
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
}
