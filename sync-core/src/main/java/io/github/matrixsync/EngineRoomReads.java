package io.github.matrixsync;

import io.github.matrixsync.call.room.ContextOptions;
import io.github.matrixsync.call.room.EventContext;
import io.github.matrixsync.call.room.JoinedMember;
import io.github.matrixsync.call.room.MembersOptions;
import io.github.matrixsync.call.room.RoomReads;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.snapshot.EventContexts;
import io.github.matrixsync.internal.snapshot.RoomStateReads;
import io.github.matrixsync.internal.stores.EngineContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The reads of rooms of an engine: checks the arguments, and reads on the engine's threads. Thread-safe. */
final class EngineRoomReads implements RoomReads {
  private final SyncEngine engine;
  private final EngineContext context;
  private final RoomStateReads states;
  private final EventContexts contexts;
  private final int historyLimit;

  EngineRoomReads(
      SyncEngine engine,
      EngineContext context,
      RoomStateReads states,
      EventContexts contexts,
      int historyLimit) {
    this.engine = engine;
    this.context = context;
    this.states = states;
    this.contexts = contexts;
    this.historyLimit = historyLimit;
  }

  @Override
  public CompletableFuture<Optional<ClientEvent>> event(
      UserId user, RoomId room, EventId id, EventForm form, Optional<DeviceId> device) {
    check(user, room);
    Objects.requireNonNull(id, "event id");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(device, "device");
    return context.threads().call(() -> contexts.event(user, room, id, form, device));
  }

  @Override
  public CompletableFuture<Optional<EventContext>> context(
      UserId user, RoomId room, EventId id, ContextOptions options) {
    check(user, room);
    Objects.requireNonNull(id, "event id");
    ContextOptions bounded = options.withLimit(Math.min(options.limit(), historyLimit));
    return context.threads().call(() -> contexts.context(user, room, id, bounded));
  }

  @Override
  public CompletableFuture<List<ClientEvent>> state(UserId user, RoomId room, EventForm form) {
    check(user, room);
    Objects.requireNonNull(form, "form");
    return context.threads().call(() -> states.state(user, room, form));
  }

  @Override
  public CompletableFuture<Optional<ClientEvent>> stateEntry(
      UserId user, RoomId room, String type, String stateKey, EventForm form) {
    check(user, room);
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(stateKey, "state key");
    Objects.requireNonNull(form, "form");
    return context.threads().call(() -> states.entry(user, room, type, stateKey, form));
  }

  @Override
  public CompletableFuture<List<ClientEvent>> members(
      UserId user, RoomId room, MembersOptions options) {
    check(user, room);
    int parts = context.stores().parts();
    MembersOptions checked =
        options.withAt(options.at().map(token -> token.requireAtMost(parts)).orElse(null));
    return context.threads().call(() -> states.members(user, room, checked));
  }

  @Override
  public CompletableFuture<List<JoinedMember>> joinedMembers(
      UserId user, RoomId room, Optional<ServiceNamespaces> service) {
    check(user, room);
    Objects.requireNonNull(service, "service");
    return context.threads().call(() -> states.joined(user, room, service));
  }

  @Override
  public CompletableFuture<Set<RoomId>> joinedRooms(UserId user) {
    engine.requireOpen();
    Objects.requireNonNull(user, "user");
    return context.threads().call(() -> states.joinedRooms(user));
  }

  private void check(UserId user, RoomId room) {
    engine.requireOpen();
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(room, "room");
  }
}
