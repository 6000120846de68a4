package io.github.matrixsync.world;

import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.model.Append;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Makes events and appends them, for tests. Thread-safe. */
public final class World {
  public static final Instant NOW = Instant.ofEpochMilli(1_443_000_000_000L);

  private final AppendableEventStore store;
  private final AtomicLong count = new AtomicLong();

  public World(AppendableEventStore store) {
    this.store = store;
  }

  public static UserId user(String name) {
    return UserId.parse("@" + name + ":h");
  }

  public static RoomId room(String name) {
    return RoomId.parse("!" + name + ":h");
  }

  public long append(RoomEvent event) {
    return store.append(List.of(Append.live(event))).get(0);
  }

  public long create(RoomId room, UserId creator, String visibility) {
    RoomEvent create = event(
        room, creator, "m.room.create", "\"state_key\":\"\",", "{\"creator\":\"" + creator + "\"}");
    RoomEvent join = member(room, creator, creator, "join");
    RoomEvent history = event(
        room,
        creator,
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"" + visibility + "\"}");
    List<Long> positions =
        store.append(List.of(Append.live(create), Append.live(join), Append.live(history)));
    return positions.get(2);
  }

  public RoomEvent message(RoomId room, UserId sender) {
    return event(room, sender, "m.room.message", "", "{\"msgtype\":\"m.text\",\"body\":\"hi\"}");
  }

  public RoomEvent member(RoomId room, UserId sender, UserId subject, String membership) {
    return event(
        room,
        sender,
        "m.room.member",
        "\"state_key\":\"" + subject + "\",",
        "{\"membership\":\"" + membership + "\"}");
  }

  public RoomEvent redaction(RoomId room, UserId sender, EventId target) {
    String redacts = "\"redacts\":\"" + target + "\"";
    return event(room, sender, "m.room.redaction", redacts + ",", "{" + redacts + "}");
  }

  public RoomEvent event(RoomId room, UserId sender, String type, String more, String content) {
    String json = "{\"event_id\":\"$e%d:h\",\"room_id\":\"%s\",\"sender\":\"%s\",\"type\":\"%s\",%s"
            .formatted(count.incrementAndGet(), room, sender, type, more)
        + "\"origin_server_ts\":1,\"content\":" + content + "}";
    return RoomEvents.parse(RawJson.of(json), NOW);
  }
}
