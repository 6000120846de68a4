package io.github.matrixsync.domain.event;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events for the tests of parsing and encoding. */
public final class JsonEvents {
  public static final Instant NOW = Instant.ofEpochMilli(1_442_534_400_000L);
  public static final RoomId ROOM = RoomId.parse("!r:h");
  public static final UserId ALICE = UserId.parse("@alice:h");
  public static final UserId BOB = UserId.parse("@bob:h");
  public static final EventId ID = EventId.parse("$e:h");

  private JsonEvents() {}

  /**
   * Returns the JSON of a message with this content and, if not empty, these further members, each with a comma in
   * front.
   */
  public static String message(String content, String more) {
    return "{\"type\":\"m.room.message\",\"event_id\":\"$e:h\",\"room_id\":\"!r:h\",\"sender\":\"@alice:h\","
        + "\"origin_server_ts\":1,\"content\":"
        + content
        + more
        + "}";
  }

  public static RoomEvent parse(String json) {
    return RoomEvents.parse(RawJson.of(json), NOW);
  }

  public static RoomEvent parse(String json, String version) {
    return RoomEvents.parse(RawJson.of(json), RoomVersion.of(version), NOW);
  }

  public static RoomEvent.Builder builder(String type) {
    return RoomEvent.builder(ID, ROOM, ALICE, type);
  }

  public static RoomEvent redaction(String id, String target, String content) {
    return RoomEvent.builder(EventId.parse(id), ROOM, BOB, "m.room.redaction")
        .redacts(EventId.parse(target))
        .json(RawJson.of("{\"redacts\":\"" + target + "\",\"content\":" + content + "}"))
        .build();
  }

  public static StoredEvent stored(RoomEvent event) {
    return stored(event, null, null);
  }

  public static StoredEvent redacted(RoomEvent event) {
    return stored(event, null, new Redaction(redaction("$x:h", event.id().value(), "{}"), false));
  }

  public static StoredEvent replacing(RoomEvent event, RoomEvent replaced) {
    return stored(event, replaced.id(), null);
  }

  public static StoredEvent stored(
      RoomEvent event, @Nullable EventId replaces, @Nullable Redaction redaction) {
    return new StoredEvent(
        event,
        EventKind.LIVE,
        1,
        1,
        Optional.ofNullable(replaces),
        List.of(),
        Optional.empty(),
        false,
        Optional.ofNullable(redaction));
  }

  public static EncodedEvent encode(StoredEvent event) {
    return EncodedEvent.of(EventForm.V1, event, Optional.empty());
  }

  /** Returns the event {@code json} as clients get it. */
  public static Map<String, @Nullable Object> encoded(String json) {
    return JsonTree.object(encode(stored(parse(json))).json(NOW));
  }
}
