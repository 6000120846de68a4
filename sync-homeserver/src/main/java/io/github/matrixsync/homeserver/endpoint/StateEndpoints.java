package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Reading a room's state: the current state for members, the state as of the leave for former members. The sync core
 * decides which.
 *
 * @since 0.1.0
 */
public final class StateEndpoints {
  private final SyncEngine engine;
  private final EventStore events;
  private final EventForm form;

  public StateEndpoints(SyncEngine engine, EventStore events, EventForm form) {
    this.engine = engine;
    this.events = events;
    this.form = form;
  }

  public void addTo(Router v1) {
    v1.addAsync("GET", "rooms/*/state", this::all);
    v1.addAsync("GET", "rooms/*/state/", this::all);
    v1.addAsync("GET", "rooms/*/state/*", call -> entry(call, ""));
    v1.addAsync("GET", "rooms/*/state/*/*", call -> entry(call, call.segment(2)));
    v1.addAsync("GET", "rooms/*/members", this::members);
  }

  private CompletableFuture<Answer> all(Call call) {
    return state(call).thenApply(state -> Answer.of(Json.events(state)));
  }

  private CompletableFuture<List<ClientEvent>> state(Call call) {
    UserId user = call.requireUser();
    RoomId room = call.room();
    return engine.roomInitialSyncAsync(user, room, 0, form).handle((snapshot, failure) -> {
      if (causeOf(failure) instanceof RoomNotReadableException) {
        throw ApiError.forbidden("not in room " + room);
      }
      if (failure != null) {
        throw new CompletionException(causeOf(failure));
      }
      return snapshot.room().state();
    });
  }

  private static @Nullable Throwable causeOf(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private CompletableFuture<Answer> entry(Call call, String key) {
    String type = call.segment(1);
    return state(call).thenApply(state -> entry(state, type, key));
  }

  private Answer entry(List<ClientEvent> state, String type, String key) {
    List<ClientEvent> ofType =
        state.stream().filter(event -> event.type().equals(type)).toList();
    List<EventId> ids = ofType.stream().map(event -> event.id().orElseThrow()).toList();
    Map<EventId, StoredEvent> stored = events.events(ids);
    return ofType.stream()
        .filter(event -> hasKey(stored.get(event.id().orElseThrow()), key))
        .findFirst()
        .map(event -> Answer.of(event.content()))
        .orElseThrow(() -> ApiError.notFound("Event not found."));
  }

  private static boolean hasKey(@Nullable StoredEvent event, String key) {
    return event != null && event.event().stateKey().filter(key::equals).isPresent();
  }

  private CompletableFuture<Answer> members(Call call) {
    return state(call).thenApply(state -> {
      List<ClientEvent> members =
          state.stream().filter(event -> event.type().equals("m.room.member")).toList();
      return Answer.of(Json.object().set("chunk", Json.events(members)));
    });
  }
}
