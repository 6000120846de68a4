package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.room.RoomState;
import io.github.matrixsync.homeserver.room.Rules;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Typing, receipts and read markers.
 *
 * @since 0.1.0
 */
public final class EphemeralEndpoints {
  private static final long DEFAULT_TYPING_MILLIS = 30_000;
  private static final long MAX_TYPING_MILLIS = 120_000;
  private static final String READ = "m.read";
  private static final String PRIVATE = "m.read.private";
  private static final String FULLY_READ = "m.fully_read";
  private static final String MAIN = "main";

  private final ServerParts server;

  public EphemeralEndpoints(ServerParts server) {
    this.server = server;
  }

  public void addTo(Router router) {
    router.add("PUT", "rooms/*/typing/*", this::typing);
    addReceiptsTo(router);
  }

  /** Adds what only newer clients send. */
  public void addNewerTo(Router router) {
    router.add("POST", "rooms/*/read_markers", this::readMarkers);
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
        server.typing().start(room.id(), user, server.clock().instant().plus(timeout));
      } else {
        server.typing().stop(room.id(), user);
      }
    }
    return Answer.EMPTY;
  }

  private static boolean flag(JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean(false);
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
    String type = call.segment(1);
    if (!List.of(READ, PRIVATE, FULLY_READ).contains(type)) {
      throw ApiError.badParameter("Receipt type must be m.read, m.read.private or m.fully_read");
    }
    RoomState room = server.rooms().require(call.room());
    EventId event = call.eventId(2);
    Optional<String> thread = thread(call, type);
    synchronized (room) {
      new Rules(room).requireJoined(user);
      mark(room, user, type, thread, event);
    }
    return Answer.EMPTY;
  }

  private static Optional<String> thread(Call call, String type) {
    Optional<String> thread = Json.optionalString(call.body(), "thread_id");
    thread.ifPresent(id -> {
      if (type.equals(FULLY_READ)) {
        throw ApiError.badParameter("m.fully_read has no thread");
      }
      if (!id.equals(MAIN)) {
        Ids.id(id, EventId::parse);
      }
    });
    return thread;
  }

  /** Sets up to three marks at once. */
  private Answer readMarkers(Call call) {
    UserId user = call.requireUser();
    RoomState room = server.rooms().require(call.room());
    Map<String, EventId> marks = new LinkedHashMap<>();
    for (String type : List.of(FULLY_READ, READ, PRIVATE)) {
      Json.optionalString(call.body(), type)
          .ifPresent(id -> marks.put(type, Ids.id(id, EventId::parse)));
    }
    synchronized (room) {
      new Rules(room).requireJoined(user);
      marks.values().forEach(event -> server.rooms().event(room.id(), event));
      marks.forEach((type, event) -> mark(room, user, type, Optional.empty(), event));
    }
    return Answer.EMPTY;
  }

  /** Moves a mark forward to an event. Marks never move back. */
  private void mark(
      RoomState room, UserId user, String type, Optional<String> thread, EventId event) {
    long position = server.rooms().event(room.id(), event).position();
    if (type.equals(FULLY_READ)) {
      if (position > position(room.id(), fullyRead(room.id(), user))) {
        RawJson content = Json.write(Json.object().put("event_id", event.value()));
        server
            .accountData()
            .set(new AccountDataChange(0, user, Optional.of(room.id()), FULLY_READ, content));
      }
    } else if (position > position(room.id(), receipt(room.id(), user, type, thread))) {
      server
          .receipts()
          .set(new ReceiptChange(
              0, room.id(), user, type, thread, event, server.clock().instant()));
    }
  }

  private Optional<EventId> receipt(
      RoomId room, UserId user, String type, Optional<String> thread) {
    return server.receipts().current(List.of(room)).stream()
        .filter(receipt -> receipt.user().equals(user) && receipt.type().equals(type))
        .filter(receipt -> receipt.threadId().equals(thread))
        .map(ReceiptChange::event)
        .findFirst();
  }

  private Optional<EventId> fullyRead(RoomId room, UserId user) {
    return server.accountData().current(List.of(user)).stream()
        .filter(entry -> entry.room().equals(Optional.of(room)))
        .filter(entry -> entry.type().equals(FULLY_READ))
        .map(entry -> Json.read(entry.content()).path("event_id").asString(""))
        .filter(id -> !id.isEmpty())
        .map(EventId::parse)
        .findFirst();
  }

  /** Returns the position of an event; the lowest number if there is none. */
  private long position(RoomId room, Optional<EventId> event) {
    return event.map(id -> server.rooms().event(room, id).position()).orElse(Long.MIN_VALUE);
  }
}
