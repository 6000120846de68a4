package io.github.matrixsync.examples.homeserver.endpoint;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.body.Answer;
import io.github.matrixsync.examples.homeserver.body.ApiError;
import io.github.matrixsync.examples.homeserver.http.Call;
import io.github.matrixsync.examples.homeserver.http.Router;
import io.github.matrixsync.examples.homeserver.room.RoomState;
import io.github.matrixsync.examples.homeserver.room.Rules;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Typing and receipts. */
public final class EphemeralEndpoints {
  private static final long DEFAULT_TYPING_MILLIS = 30_000;
  private static final long MAX_TYPING_MILLIS = 120_000;
  private static final String READ = "m.read";

  private final ServerParts server;

  public EphemeralEndpoints(ServerParts server) {
    this.server = server;
  }

  public void addTo(Router router) {
    router.add("PUT", "rooms/*/typing/*", this::typing);
    addReceiptsTo(router);
  }

  public void addReceiptsTo(Router router) {
    router.add("POST", "rooms/*/receipt/*/*", this::receipt);
  }

  private Answer typing(Call call) {
    UserId user = call.requireOneself(1);
    RoomState room = server.rooms().require(call.room());
    boolean isTyping = flag(call.body().path("typing"));
    Duration timeout = timeout(call.body().path("timeout"));
    synchronized (room) {
      new Rules(room).requireJoined(user);
      if (isTyping) {
        server.typing().start(room.id(), user, Instant.now().plus(timeout));
      } else {
        server.typing().stop(room.id(), user);
      }
    }
    return Answer.EMPTY;
  }

  private static boolean flag(JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (value.isMissingNode()) {
      throw ApiError.of(400, "M_MISSING_PARAM", "'typing' is missing");
    }
    long number = value.isIntegralNumber() ? value.asLong(-1) : -1;
    if (number != 0 && number != 1) {
      throw ApiError.badJson("'typing' must be true or false");
    }
    return number == 1;
  }

  private static Duration timeout(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Duration.ofMillis(DEFAULT_TYPING_MILLIS);
    }
    if (!value.isIntegralNumber()) {
      throw ApiError.badJson("'timeout' must be milliseconds");
    }
    return Duration.ofMillis(
        Math.max(0, Math.min(value.asLong(MAX_TYPING_MILLIS), MAX_TYPING_MILLIS)));
  }

  private Answer receipt(Call call) {
    UserId user = call.requireUser();
    if (!call.segment(1).equals(READ)) {
      throw ApiError.badParameter("Receipt type must be 'm.read'");
    }
    RoomState room = server.rooms().require(call.room());
    EventId event = call.eventId(2);
    synchronized (room) {
      new Rules(room).requireJoined(user);
      long position = server.rooms().event(room.id(), event).position();
      if (position > readUpTo(room.id(), user)) {
        server.receipts().set(new ReceiptChange(0, room.id(), user, READ, event, Instant.now()));
      }
    }
    return Answer.EMPTY;
  }

  /** Returns the position of the newest event that a user has read; the lowest number if there is none. */
  private long readUpTo(RoomId room, UserId user) {
    Optional<ReceiptChange> last = server.receipts().current(List.of(room)).stream()
        .filter(receipt -> receipt.user().equals(user) && receipt.type().equals(READ))
        .findFirst();
    return last.map(receipt -> server.rooms().event(room, receipt.event()).position())
        .orElse(Long.MIN_VALUE);
  }
}
