package io.github.matrixsync.testkit.law;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Reads the stream of one user in polls that do not wait. Confined to one thread. */
final class StreamReader {
  private static final StreamToken BEGINNING = StreamToken.of(0, 0, 0);

  private final SyncApi engine;
  private final UserId user;

  StreamReader(SyncApi engine, UserId user) {
    this.engine = engine;
    this.user = user;
  }

  InitialSync snapshot(int messages) {
    return engine.initialSync(user, messages);
  }

  /** Returns the oldest token that has not expired. */
  StreamToken oldest() {
    if (isRetained(BEGINNING)) {
      return BEGINNING;
    }
    StreamToken end = snapshot(0).end();
    long expired = 0;
    long retained = end.room();
    while (retained - expired > 1) {
      long middle = expired + (retained - expired) / 2;
      if (isRetained(end.withRoom(middle))) {
        retained = middle;
      } else {
        expired = middle;
      }
    }
    return end.withRoom(retained);
  }

  private boolean isRetained(StreamToken token) {
    try {
      EventBatch unused = poll(token, 1);
      return true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof TokenExpiredException) {
        return false;
      }
      throw failed(token, 1, e);
    }
  }

  private EventBatch poll(StreamToken from, int limit) {
    StreamOptions options =
        limit == 0 ? StreamOptions.DEFAULT : StreamOptions.DEFAULT.withLimit(limit);
    return engine.stream(user, from, Duration.ZERO, options).join();
  }

  /**
   * Reads the stream between two tokens.
   *
   * @param limits the limits of the first polls; the rest is read without a limit
   * @throws AssertionError if a poll fails, does not move the token, or returns more events than its limit
   */
  Streamed read(StreamToken from, StreamToken to, List<Integer> limits) {
    List<ClientEvent> events = new ArrayList<>();
    StreamToken place = from;
    for (int number = 0; place.room() < to.room(); number++) {
      int limit = number < limits.size() ? limits.get(number) : 0;
      EventBatch batch = polled(place, limit);
      List<ClientEvent> chunk =
          batch.chunk().stream().filter(event -> event.id().isPresent()).toList();
      if (limit > 0 && chunk.size() > limit) {
        throw wrong(place, batch, chunk.size() + " events came for a limit of " + limit);
      }
      if (batch.end().room() <= place.room()) {
        throw wrong(
            place,
            batch,
            "the poll does not move the token, although the snapshot was taken at " + to);
      }
      events.addAll(chunk);
      place = batch.end();
    }
    return new Streamed(user, from, to, events);
  }

  private EventBatch polled(StreamToken from, int limit) {
    try {
      return poll(from, limit);
    } catch (CompletionException e) {
      throw failed(from, limit, e);
    }
  }

  private AssertionError failed(StreamToken from, int limit, CompletionException e) {
    String how = limit == 0 ? "without a limit" : "with the limit " + limit;
    return new AssertionError(
        "the stream of " + user + " fails after " + from + ", in a poll " + how + ": "
            + e.getCause(),
        e);
  }

  private AssertionError wrong(StreamToken from, EventBatch batch, String what) {
    return new AssertionError(
        "the stream of " + user + " from " + from + " to " + batch.end() + ": " + what);
  }
}
