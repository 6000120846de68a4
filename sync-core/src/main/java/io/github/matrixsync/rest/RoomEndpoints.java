package io.github.matrixsync.rest;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.room.ContextOptions;
import io.github.matrixsync.call.room.MembersOptions;
import io.github.matrixsync.call.room.RoomReads;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.rest.RestEdge.Asked;
import io.github.matrixsync.store.model.Direction;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the engine for parts of one room. Thread-safe. */
final class RoomEndpoints {
  private final SyncApi engine;
  private final RestSettings settings;

  RoomEndpoints(SyncApi engine, RestSettings settings) {
    this.engine = engine;
    this.settings = settings;
  }

  Asked<?> messages(RestRequest request, Route route, Parameters parameters) {
    RoomId room = parameters.roomId(route.first());
    boolean byFilter = request.form().hasUnsigned();
    Direction direction = byFilter ? parameters.requiredDirection() : parameters.direction();
    PaginationToken from = parameters.historyToken("from", direction == Direction.BACKWARD);
    PaginationToken to = parameters.historyToken("to", direction == Direction.FORWARD);
    int limit = parameters.limit(settings.messageLimits());
    MessagesOptions options = MessagesOptions.DEFAULT
        .withFrom(from)
        .withTo(to)
        .withDirection(direction)
        .withLimit(limit)
        .withForm(request.form());
    if (byFilter) {
      options = options.withFilter(parameters.roomEventFilter());
    }
    if (request.device().isPresent()) {
      options = options.withDevice(request.device().get());
    }
    return new Asked<>(
        engine.messagesAsync(request.requester(), room, options),
        byFilter ? Bodies::filteredMessages : Bodies::messages);
  }

  Asked<?> context(RestRequest request, Route route, Parameters parameters) {
    RoomId room = parameters.roomId(route.first());
    ContextOptions options = ContextOptions.DEFAULT
        .withLimit(parameters.limit(settings.messageLimits()))
        .withFilter(parameters.roomEventFilter())
        .withForm(request.form());
    ContextOptions ofDevice = request.device().map(options::withDevice).orElse(options);
    Optional<EventId> id = eventId(route);
    return id.isEmpty()
        ? noEvent()
        : new Asked<>(
            reads().context(request.requester(), room, id.get(), ofDevice),
            found -> found.map(Bodies::context).orElseGet(Bodies::eventNotFound));
  }

  Asked<?> event(RestRequest request, Route route, Parameters parameters) {
    RoomId room = parameters.roomId(route.first());
    Optional<EventId> id = eventId(route);
    return id.isEmpty()
        ? noEvent()
        : new Asked<>(
            reads().event(request.requester(), room, id.get(), request.form(), request.device()),
            found -> found.map(Bodies::event).orElseGet(Bodies::eventNotFound));
  }

  Asked<?> state(RestRequest request, Route route, Parameters parameters) {
    RoomId room = parameters.roomId(route.first());
    return new Asked<>(reads().state(request.requester(), room, request.form()), Bodies::list);
  }

  Asked<?> stateEntry(RestRequest request, Route route, Parameters parameters) {
    RoomId room = parameters.roomId(route.first());
    boolean whole = parameters.isWholeEvent();
    return new Asked<>(
        reads()
            .stateEntry(request.requester(), room, route.second(), route.third(), request.form()),
        found -> found
            .map(entry -> whole ? Bodies.event(entry) : Bodies.json(entry.content()))
            .orElseGet(() -> Bodies.error(404, "M_NOT_FOUND", "No such state")));
  }

  Asked<?> members(RestRequest request, Route route, Parameters parameters) {
    RoomId room = parameters.roomId(route.first());
    MembersOptions options = MembersOptions.DEFAULT
        .withAt(parameters.historyToken("at", true))
        .withMemberships(
            parameters.membership("membership"), parameters.membership("not_membership"))
        .withForm(request.form());
    return new Asked<>(reads().members(request.requester(), room, options), Bodies::chunk);
  }

  Asked<?> joinedMembers(RestRequest request, Route route, Parameters parameters) {
    RoomId room = parameters.roomId(route.first());
    return new Asked<>(
        reads().joinedMembers(request.requester(), room, request.service()), Bodies::joinedMembers);
  }

  Asked<?> joinedRooms(RestRequest request) {
    return new Asked<>(reads().joinedRooms(request.requester()), Bodies::joinedRooms);
  }

  private RoomReads reads() {
    return engine.roomReads();
  }

  /** What is no event id names no event. */
  private static Optional<EventId> eventId(Route route) {
    try {
      return Optional.of(EventId.parse(route.second()));
    } catch (InvalidIdException e) {
      return Optional.empty();
    }
  }

  private static Asked<?> noEvent() {
    return new Asked<>(
        CompletableFuture.completedFuture(Bodies.eventNotFound()), notFound -> notFound);
  }
}
