package io.github.matrixsync.rest;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.HistoryOptions;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Direction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the edge asks of the engine: the methods of the same names, none of which blocks. */
interface Calls {
  CompletableFuture<EventBatch> stream(
      UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options);

  CompletableFuture<InitialSync> initialSync(UserId user, int limit, SnapshotOptions options);

  CompletableFuture<Optional<ClientEvent>> getEvent(UserId user, EventId id, EventForm form);

  CompletableFuture<RoomInitialSync> roomInitialSync(
      UserId user, RoomId room, int limit, EventForm form);

  CompletableFuture<MessagePage> messages(UserId user, RoomId room, Page page);

  /**
   * Which part of a room's history is asked for.
   *
   * @param from where to begin; null: at the room's end that lies against the direction
   * @param to where to stop; null: nowhere
   * @param direction the way to walk
   * @param limit the most events
   * @param form in which they are shown
   */
  record Page(
      @Nullable PaginationToken from,
      @Nullable PaginationToken to,
      Direction direction,
      int limit,
      EventForm form) {}

  /** Returns whether the engine is closed, so that every call fails. */
  boolean isClosed();

  /** Returns the calls to {@code engine}. */
  static Calls of(SyncEngine engine) {
    return new EngineCalls(engine);
  }
}

/** The calls to a real engine. Thread-safe. */
record EngineCalls(SyncEngine engine) implements Calls {
  @Override
  public boolean isClosed() {
    return engine.isClosed();
  }

  @Override
  public CompletableFuture<EventBatch> stream(
      UserId user, @Nullable StreamToken from, Duration timeout, StreamOptions options) {
    return engine.stream(user, from, timeout, options);
  }

  @Override
  public CompletableFuture<InitialSync> initialSync(
      UserId user, int limit, SnapshotOptions options) {
    return engine.initialSyncAsync(user, limit, options);
  }

  @Override
  public CompletableFuture<Optional<ClientEvent>> getEvent(
      UserId user, EventId id, EventForm form) {
    return engine.getEventAsync(user, id, form);
  }

  @Override
  public CompletableFuture<RoomInitialSync> roomInitialSync(
      UserId user, RoomId room, int limit, EventForm form) {
    return engine.roomInitialSyncAsync(user, room, limit, form);
  }

  @Override
  public CompletableFuture<MessagePage> messages(UserId user, RoomId room, Page page) {
    HistoryOptions options = new HistoryOptions(Optional.ofNullable(page.to()), page.form());
    return engine.messagesAsync(user, room, page.from(), page.direction(), page.limit(), options);
  }
}
