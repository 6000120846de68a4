package org.example;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A program that appends events, and reads them as a user. */
public final class Host {
  static final UserId ALICE = UserId.parse("@alice:example.org");

  private Host() {}

  public static void main(String[] args) {
    MemoryEventStore store = MemoryEventStore.create();
    try (SyncEngine engine = SyncEngine.builder(store).build()) {
      store.append(List.of(Append.live(join())));
      System.out.println(snapshot(engine));
      System.out.println(poll(engine, store));
      System.out.println(byId(engine));
    }
  }

  static String snapshot(SyncEngine engine) {
    InitialSync snapshot = engine.initialSync(ALICE, 10);
    return "rooms: " + snapshot.rooms().size() + ", read up to " + snapshot.end();
  }

  static String poll(SyncEngine engine, MemoryEventStore store) {
    InitialSync snapshot = engine.initialSync(ALICE, 10);
    CompletableFuture<EventBatch> poll =
        engine.stream(ALICE, snapshot.end(), Duration.ofSeconds(30));
    store.append(List.of(Append.live(message("$hello", "hello"))));
    EventBatch batch = poll.join();
    return "events: " + batch.chunk().size() + ", read up to " + batch.end();
  }

  static String byId(SyncEngine engine) {
    return "by id: "
        + engine.getEvent(ALICE, EventId.parse("$hello")).orElseThrow().type();
  }

  /** Returns the event by which Alice joins her room. */
  static RoomEvent join() {
    return event(
        "$join",
        "m.room.member",
        "\"state_key\": \"" + ALICE + "\",",
        "{\"membership\": \"join\"}");
  }

  /** Returns a message of Alice. */
  static RoomEvent message(String id, String body) {
    String content = "{\"msgtype\": \"m.text\", \"body\": " + quoted(body) + "}";
    return event(id, "m.room.message", "", content);
  }

  /** Returns text as a JSON string. Your server has a JSON library for this. */
  private static String quoted(String text) {
    return text.chars()
        .mapToObj(c -> c < ' ' || c == '"' || c == '\\'
            ? String.format("\\u%04x", c)
            : Character.toString((char) c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static RoomEvent event(String id, String type, String stateKey, String content) {
    String json = """
        {"event_id": "%s", "room_id": "!lounge:example.org", "sender": "%s", "type": "%s", %s
         "origin_server_ts": 1443000000000, "content": %s}
        """.formatted(id, ALICE, type, stateKey, content);
    return RoomEvents.parse(RawJson.of(json), RoomVersion.of("11"), Instant.now());
  }
}
