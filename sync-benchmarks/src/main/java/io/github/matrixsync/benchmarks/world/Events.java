package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes events like those of a homeserver: about 350 bytes of JSON, of which 100 are content, with an age. Thread-safe.
 */
public final class Events {
  private static final long SENT_AT = 1_443_000_000_000L;
  private static final Instant RECEIVED_AT = Instant.ofEpochMilli(SENT_AT);
  private static final String BODY =
      "It was a bright cold day in November, and the clocks were striking thirteen.";

  private final AtomicLong count = new AtomicLong();

  /** Returns a new message. */
  public RoomEvent message(RoomId room, UserId sender) {
    return event(
        room, sender, "m.room.message", "", "\"msgtype\":\"m.text\",\"body\":\"" + BODY + "\"");
  }

  /** Returns a new message whose text has {@code characters} characters. */
  public RoomEvent message(RoomId room, UserId sender, int characters) {
    String text = "\"msgtype\":\"m.text\",\"body\":\"" + "x".repeat(characters) + "\"";
    return event(room, sender, "m.room.message", "", text);
  }

  /** Returns a new event that makes the room world readable. */
  public RoomEvent worldReadable(RoomId room, UserId sender) {
    String content = "\"history_visibility\":\"world_readable\"";
    return event(room, sender, RoomEvent.HISTORY_VISIBILITY, stateKey(""), content);
  }

  /** Returns a new state event of a custom type. */
  public RoomEvent state(RoomId room, UserId sender, String key) {
    return event(room, sender, "org.example.state", stateKey(key), "\"value\":\"" + BODY + "\"");
  }

  /** Returns the creation of a room. */
  public RoomEvent create(RoomId room, UserId creator) {
    return event(room, creator, "m.room.create", stateKey(""), "\"creator\":\"" + creator + "\"");
  }

  /** Returns a new member event. */
  public RoomEvent member(RoomId room, UserId user, String membership) {
    String content = "\"membership\":\"" + membership + "\",\"displayname\":\"Somebody\"";
    return event(room, user, RoomEvent.MEMBER, stateKey(user.value()), content);
  }

  private static String stateKey(String key) {
    return ",\"state_key\":\"" + key + "\"";
  }

  private RoomEvent event(RoomId room, UserId sender, String type, String more, String content) {
    String json = "{\"event_id\":\"$event" + count.incrementAndGet()
        + ":example.org\",\"room_id\":\"" + room
        + "\",\"sender\":\"" + sender
        + "\",\"type\":\"" + type
        + "\"" + more
        + ",\"origin_server_ts\":" + SENT_AT
        + ",\"unsigned\":{\"age_ts\":" + SENT_AT
        + "},\"content\":{" + content
        + "}}";
    return RoomEvents.parse(RawJson.of(json), RECEIVED_AT);
  }
}
