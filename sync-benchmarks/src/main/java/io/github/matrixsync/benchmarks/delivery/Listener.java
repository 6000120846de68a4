package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestRequest;
import io.github.matrixsync.rest.RestResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * A client that polls at the edge and, after each answer, polls again from its end. Confined to the thread that
 * completes its answer, one at a time.
 */
final class Listener {
  private static final String END = "\"end\":\"";
  private static final String EVENT = "\"event_id\":\"$event";

  private final RestEdge edge;
  private final UserId user;
  private final Optional<RoomId> only;
  private final LongConsumer arrived;
  private String from;
  private long last = -1;
  private volatile int taken;
  private volatile boolean stopped;
  private volatile String failure = "";

  /**
   * Creates a client that has not polled yet.
   *
   * @param only the room, if it polls for one room
   * @param from the token to begin after
   * @param arrived gets the time of each message, when its body is complete, by {@link System#nanoTime}
   */
  Listener(RestEdge edge, UserId user, Optional<RoomId> only, String from, LongConsumer arrived) {
    this.edge = edge;
    this.user = user;
    this.only = only;
    this.from = from;
    this.arrived = arrived;
  }

  /** Polls from the end of the last answer. */
  void poll() {
    Map<String, List<String>> query = new HashMap<>();
    query.put("from", List.of(from));
    query.put("timeout", List.of("1000000"));
    only.ifPresent(room -> query.put("room_id", List.of(room.value())));
    CompletableFuture<Void> unused =
        edge.get(new RestRequest("/events", query, user)).orElseThrow().thenAccept(this::take);
  }

  /** Ignores answers from now on, and does not poll again. */
  void stop() {
    stopped = true;
  }

  /** Returns the number of messages since the last call; fails if an answer was wrong. */
  int takeCount() {
    Expect.that(failure.isEmpty(), failure);
    int count = taken;
    taken = 0;
    return count;
  }

  /** Returns the failure; empty if there is none. */
  String failure() {
    return failure;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one answer at a time
  private void take(RestResponse response) {
    if (stopped) {
      return;
    }
    String body = new String(Encoded.of(response), StandardCharsets.ISO_8859_1);
    long now = System.nanoTime();
    int at = body.indexOf(END);
    if (response.status() != 200 || at < 0) {
      failure = user + " got " + response.status();
      return;
    }
    from = body.substring(at + END.length(), body.indexOf('"', at + END.length()));
    int count = 0;
    for (int i = body.indexOf(EVENT); i >= 0; i = body.indexOf(EVENT, i + 1)) {
      long number = number(body, i + EVENT.length());
      if (number <= last) {
        failure = user + " got message " + number + " after " + last;
      }
      last = number;
      count++;
    }
    taken += count;
    poll();
    for (int i = 0; i < count; i++) {
      arrived.accept(now);
    }
  }

  private static long number(String body, int from) {
    return Long.parseLong(body.substring(from, body.indexOf(':', from)));
  }
}
