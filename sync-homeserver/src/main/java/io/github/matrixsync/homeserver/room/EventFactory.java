package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Creates ids, and events from drafts, whose content is copied byte for byte. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EventFactory {
  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_BYTES_OF_A_KEY = 255;
  private static final int MOST_SHOWN = 64;
  private static final String CONTENT = ",\"content\":";

  private final String serverName;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /** Creates a factory of one of any number of nodes, by the system's clock. */
  public EventFactory(String serverName) {
    this(serverName, anywhere(), InstantSource.system());
  }

  /**
   * Creates a factory.
   *
   * @param ids returns the local parts of new ids, each only once
   * @param clock the time of events
   */
  public EventFactory(String serverName, Supplier<String> ids, InstantSource clock) {
    this.serverName = serverName;
    this.ids = ids;
    this.clock = clock;
  }

  /** Returns ids that begin anywhere, so that no two nodes give the same id. */
  private static Supplier<String> anywhere() {
    AtomicLong last = new AtomicLong(new SecureRandom().nextLong(Long.MAX_VALUE / 2));
    return () -> Long.toString(last.incrementAndGet(), 36);
  }

  RoomId newRoomId() {
    return RoomId.parse("!" + newId());
  }

  RoomEvent event(RoomId room, RoomVersion version, UserId sender, Draft draft) {
    RoomVersions.badNumber(version, draft.content()).ifPresent(number -> {
      throw ApiError.badJson("in rooms of version " + version
          + " numbers are integers from -(2^53 - 1) to 2^53 - 1, got " + cut(number));
    });
    Instant now = clock.instant();
    ObjectNode head = Json.object()
        .put("event_id", "$" + newId())
        .put("room_id", room.value())
        .put("sender", sender.value())
        .put("type", draft.type())
        .put("origin_server_ts", draft.time().orElse(now).toEpochMilli());
    draft.stateKey().ifPresent(key -> head.put("state_key", key));
    draft.redacts().ifPresent(target -> head.put("redacts", target.value()));
    head.putObject("unsigned").put("age_ts", now.toEpochMilli());
    String open = head.toString();
    RawJson json = RawJson.of(
        open.substring(0, open.length() - 1) + CONTENT + draft.content().json() + "}");
    requireSize("event", json.length(), MOST_BYTES);
    requireSize("type", bytes(draft.type()), MOST_BYTES_OF_A_KEY);
    requireSize("state key", bytes(draft.stateKey().orElse("")), MOST_BYTES_OF_A_KEY);
    try {
      return RoomEvents.parse(json, version, now);
    } catch (InvalidEventException e) {
      throw ApiError.badJson(String.valueOf(e.getMessage()));
    }
  }

  private static String cut(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void requireSize(String what, int bytes, int most) {
    if (bytes > most) {
      throw ApiError.of(
          413, "M_TOO_LARGE", "the " + what + " has " + bytes + " bytes, more than " + most);
    }
  }

  private String newId() {
    return ids.get() + ":" + serverName;
  }
}
