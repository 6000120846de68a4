package io.github.matrixsync.rest;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.operation.PollSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Exceptions that only an engine can create, created by an engine. */
final class EngineFailures {
  private EngineFailures() {}

  static TokenAheadException tokenAhead() {
    try (SyncEngine engine = SyncEngine.builder(new TestRoom().store).build()) {
      return poll(engine, StreamToken.of(99, 0, 0), TokenAheadException.class);
    }
  }

  static TokenExpiredException tokenExpired() {
    TestRoom room = new TestRoom();
    room.store.purge(1);
    try (SyncEngine engine = SyncEngine.builder(room.store).build()) {
      return poll(engine, StreamToken.of(0, 0, 0), TokenExpiredException.class);
    }
  }

  static LimitExceededException limitExceeded() {
    TestRoom room = new TestRoom();
    try (SyncEngine engine = SyncEngine.builder(room.store)
        .polls(PollSettings.DEFAULT.withPerUser(1))
        .build()) {
      CompletableFuture<?> parked = engine.stream(TestRoom.ALICE, null, Duration.ofMinutes(1));
      LimitExceededException failure = poll(engine, null, LimitExceededException.class);
      parked.cancel(false);
      return failure;
    }
  }

  static RoomNotReadableException roomNotReadable() {
    try (SyncEngine engine = SyncEngine.builder(new TestRoom().store).build()) {
      return failure(
          engine.roomInitialSyncAsync(TestRoom.BOB, RoomId.parse("!r:h"), 1, EventForm.V1),
          RoomNotReadableException.class);
    }
  }

  private static <E extends Throwable> E poll(
      SyncEngine engine, @Nullable StreamToken from, Class<E> kind) {
    return failure(engine.stream(TestRoom.ALICE, from, Duration.ZERO), kind);
  }

  private static <E extends Throwable> E failure(CompletableFuture<?> future, Class<E> kind) {
    Throwable failure = future
        .<Throwable>handle((value, thrown) -> thrown)
        .orTimeout(10, SECONDS)
        .join();
    return kind.cast(failure instanceof CompletionException ? failure.getCause() : failure);
  }
}
