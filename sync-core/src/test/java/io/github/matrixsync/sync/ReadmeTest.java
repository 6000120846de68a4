package io.github.matrixsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's examples of the engine are the code below, and run. */
class ReadmeTest {
  private static final Path THIS =
      Path.of("src", "test", "java", "io/github/matrixsync/sync/ReadmeTest.java");
  private static final String BEGIN = "// From here on as in the README.";
  private static final String END = "// Until here.";

  @Test
  void syncExample_ofTheReadme_runs() {
    try (Host host = new Host()) {
      UserId alice = Host.ALICE;
      host.room(Host.ROOM, alice);
      SyncEngine engine = host.engine();
      host.time.advance(Duration.ofSeconds(1));
      // From here on as in the README.
      SyncOptions lazy = SyncOptions.DEFAULT.withFilter(
          FilterSpec.parse("{\"room\":{\"state\":{\"lazy_load_members\":true}}}"));
      SyncResponse first = engine.sync(alice, null, Duration.ZERO, lazy).join();
      host.message(Host.ROOM, alice);
      SyncResponse next =
          engine.sync(alice, first.nextBatch(), Duration.ofSeconds(30), lazy).join();
      // Until here.
      assertThat(first.rooms().join()).containsOnlyKeys(Host.ROOM);
      assertThat(next.rooms().join()).containsOnlyKeys(Host.ROOM);
    }
  }

  @Test
  void example_ofTheReadme_runs() {
    // From here on as in the README.
    UserId alice = UserId.parse("@alice:example.org");
    RoomEvent join = RoomEvents.parse(RawJson.of("""
        {"event_id": "$1:example.org", "room_id": "!r:example.org", "type": "m.room.member",
         "sender": "@alice:example.org", "state_key": "@alice:example.org",
         "origin_server_ts": 1443000000000, "content": {"membership": "join"}}
        """), Instant.now());
    RoomEvent message = RoomEvents.parse(RawJson.of("""
        {"event_id": "$2:example.org", "room_id": "!r:example.org", "type": "m.room.message",
         "sender": "@alice:example.org", "origin_server_ts": 1443000001000,
         "content": {"msgtype": "m.text", "body": "hello"}}
        """), Instant.now());

    MemoryEventStore store = MemoryEventStore.create();
    try (SyncEngine engine = SyncEngine.builder(store).build()) {
      store.append(List.of(Append.live(join)));
      StreamToken here = engine.initialSync(alice, 10).end();
      CompletableFuture<EventBatch> poll = engine.stream(alice, here, Duration.ofSeconds(30));
      store.append(List.of(Append.live(message)));
      EventBatch batch = poll.join();
      Optional<ClientEvent> event = engine.getEvent(alice, message.id());
      // Until here.
      assertThat(batch.chunk()).hasSize(1);
      assertThat(event).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" example_ofTheReadme_runs", " syncExample_ofTheReadme_runs"})
  void example_ofTheReadme_isTheOneThatRuns(String name) throws IOException {
    String test = Files.readString(THIS);
    String code = test.substring(test.indexOf(BEGIN, test.indexOf(name)) + BEGIN.length());
    String shown =
        code.substring(0, code.indexOf(END)).replace("host.message(Host.ROOM, alice);", "");

    assertThat(Files.readString(Path.of("..", "README.md")))
        .containsIgnoringWhitespaces(shown.strip());
  }
}
