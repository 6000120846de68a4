package org.example;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes a snapshot, waits for a message and gets it by its id; ends with status 1 if a call fails. */
public final class ThreeCalls {
  private static final UserId ALICE = UserId.parse("@alice:example.org");

  private ThreeCalls() {}

  /** Makes the calls on the memory store. */
  public static void main(String[] args) {
    MemoryEventStore store = MemoryEventStore.create();
    try (SyncEngine engine = SyncEngine.builder(store).build()) {
      store.append(List.of(Append.live(event(
          "\"$1:example.org\", \"type\": \"m.room.member\", \"state_key\": \"@alice:example.org\"",
          "{\"membership\": \"join\"}"))));
      InitialSync snapshot = engine.initialSync(ALICE, 10);
      check(snapshot.rooms().size() == 1, "one room");
      CompletableFuture<EventBatch> poll =
          engine.stream(ALICE, snapshot.end(), Duration.ofSeconds(30));
      RoomEvent message =
          event("\"$2:example.org\", \"type\": \"m.room.message\"", "{\"body\": \"hello\"}");
      store.append(List.of(Append.live(message)));
      check(poll.join().chunk().size() == 1, "one event");
      check(engine.getEvent(ALICE, message.id()).isPresent(), "the event by its id");
    }
    System.out.println("three calls on " + Runtime.version());
  }

  private static RoomEvent event(String idAndType, String content) {
    String json = "{\"event_id\": " + idAndType + ", \"room_id\": \"!r:example.org\", \"sender\": \"" + ALICE
        + "\", \"origin_server_ts\": 1443000000000, \"content\": " + content + "}";
    return RoomEvents.parse(RawJson.of(json), Instant.now());
  }

  private static void check(boolean isSo, String what) {
    if (!isSo) {
      throw new IllegalStateException("expected " + what);
    }
  }
}
