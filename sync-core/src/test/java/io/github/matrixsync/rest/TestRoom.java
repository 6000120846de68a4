package io.github.matrixsync.rest;

import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A store with the room {@code !r:h}, created by Alice: {@code $create}, {@code $join}. */
final class TestRoom {
  static final UserId ALICE = UserId.parse("@alice:h");
  static final UserId BOB = UserId.parse("@bob:h");

  final MemoryEventStore store = MemoryEventStore.create();

  TestRoom() {
    append("$create", "m.room.create", "\"state_key\":\"\",", "{\"creator\":\"@alice:h\"}");
    append("$join", "m.room.member", "\"state_key\":\"@alice:h\",", "{\"membership\":\"join\"}");
  }

  /** Creates the world readable room {@code !open:h}, which Alice is in. */
  void open() {
    append("!open:h", "$open", "m.room.create", "\"state_key\":\"\",", "{}");
    append(
        "!open:h",
        "$in",
        "m.room.member",
        "\"state_key\":\"@alice:h\",",
        "{\"membership\":\"join\"}");
    append(
        "!open:h",
        "$readable",
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"world_readable\"}");
  }

  void say(String id) {
    append(id, "m.room.message", "", "{\"body\":\"hello\"}");
  }

  private void append(String id, String type, String stateKey, String content) {
    append("!r:h", id, type, stateKey, content);
  }

  private void append(String room, String id, String type, String stateKey, String content) {
    String json = String.format(
        Locale.ROOT,
        "{\"event_id\":\"%s\",\"room_id\":\"%s\",\"sender\":\"@alice:h\",\"type\":\"%s\","
            + "%s\"origin_server_ts\":1,\"content\":%s}",
        id,
        room,
        type,
        stateKey,
        content);
    store.append(List.of(Append.live(RoomEvents.parse(RawJson.of(json), Instant.EPOCH))));
  }
}
