package io.github.matrixsync.examples.embedding;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.domain.event.ClientEvent;
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

/** The three main calls of the engine on the memory store. */
public final class Embedding {
  private Embedding() {}

  /** Joins Alice to a room, waits for a message as Alice, and gets it by its id. */
  public static void main(String[] args) {
    UserId alice = UserId.parse("@alice:example.org");
    MemoryEventStore store = MemoryEventStore.create();
    try (SyncEngine engine = SyncEngine.builder(store).build()) {
      store.append(List.of(Append.live(join(alice))));

      InitialSync snapshot = engine.initialSync(alice, 10);
      System.out.println("rooms: " + snapshot.rooms().size() + ", from " + snapshot.end());

      CompletableFuture<EventBatch> poll =
          engine.stream(alice, snapshot.end(), Duration.ofSeconds(30));
      store.append(List.of(Append.live(message(alice))));
      ClientEvent event = poll.join().chunk().get(0);
      System.out.println("streamed: " + event.json());

      System.out.println("by id: " + engine.getEvent(alice, event.id().orElseThrow()));
    }
  }

  static RoomEvent join(UserId user) {
    return event("""
        {"event_id": "$1:example.org", "room_id": "!r:example.org", "type": "m.room.member",
         "sender": "%1$s", "state_key": "%1$s", "origin_server_ts": 1443000000000,
         "content": {"membership": "join"}}
        """.formatted(user));
  }

  static RoomEvent message(UserId user) {
    return event("""
        {"event_id": "$2:example.org", "room_id": "!r:example.org", "type": "m.room.message",
         "sender": "%s", "origin_server_ts": 1443000001000,
         "content": {"msgtype": "m.text", "body": "hello"}}
        """.formatted(user));
  }

  private static RoomEvent event(String json) {
    return RoomEvents.parse(RawJson.of(json), Instant.now());
  }
}
