package io.github.matrixsync.testkit.internal.room;

import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Creates events from drafts. Their ids are {@code $1:test}, {@code $2:test} and so on, with the name of the server.
 * Guarded by the lock of {@code Rooms}.
 */
public final class EventFactory {
  static final RoomVersion VERSION = RoomVersion.of("10");

  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_BYTES_OF_A_KEY = 255;

  private final String serverName;
  private final InstantSource clock;
  private long count;

  public EventFactory(String serverName, InstantSource clock) {
    this.serverName = serverName;
    this.clock = clock;
  }

  RoomEvent event(RoomId room, UserId sender, Draft draft) {
    requireSize("type", draft.type(), MOST_BYTES_OF_A_KEY);
    requireSize("state key", draft.stateKey().orElse(""), MOST_BYTES_OF_A_KEY);
    requireSize("content", draft.json().toString(), MOST_BYTES);
    Instant now = clock.instant();
    EventId id = EventId.parse("$" + (count + 1) + ":" + serverName);
    StringBuilder json = new StringBuilder(256)
        .append("{\"event_id\":")
        .append(Json.quote(id.value()))
        .append(",\"room_id\":")
        .append(Json.quote(room.value()))
        .append(",\"sender\":")
        .append(Json.quote(sender.value()))
        .append(",\"type\":")
        .append(Json.quote(draft.type()))
        .append(",\"origin_server_ts\":")
        .append(now.toEpochMilli());
    draft.stateKey().ifPresent(key -> json.append(",\"state_key\":").append(Json.quote(key)));
    draft
        .redacts()
        .ifPresent(target -> json.append(",\"redacts\":").append(Json.quote(target.value())));
    json.append(",\"unsigned\":{\"age_ts\":")
        .append(now.toEpochMilli())
        .append("},\"content\":")
        .append(draft.json())
        .append('}');
    RoomEvent event = parse(RawJson.of(json.toString()), now);
    count++;
    return event;
  }

  private static RoomEvent parse(RawJson json, Instant now) {
    try {
      return RoomEvents.parse(json, VERSION, now);
    } catch (InvalidEventException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void requireSize(String what, String text, int most) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > most) {
      throw new IllegalArgumentException(
          "the " + what + " has " + bytes + " bytes, more than " + most + " (M_TOO_LARGE)");
    }
  }
}
