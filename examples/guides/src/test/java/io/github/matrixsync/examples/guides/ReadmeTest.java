package io.github.matrixsync.examples.guides;

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
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The example of the README, and that of {@code sync} in the guide to embedding. */
class ReadmeTest {
  @Test
  void threeCalls_ofTheReadme_findTheMessage() {
    // region three-calls
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
    SyncEngine engine = SyncEngine.builder(store).build();
    store.append(List.of(Append.live(join)));
    StreamToken here = engine.initialSync(alice, 10).end();
    CompletableFuture<EventBatch> poll = engine.stream(alice, here, Duration.ofSeconds(30));
    store.append(List.of(Append.live(message)));
    EventBatch batch = poll.join();
    Optional<ClientEvent> event = engine.getEvent(alice, message.id());
    engine.close();
    // endregion

    assertThat(batch.chunk())
        .extracting(ClientEvent::id)
        .containsExactly(Optional.of(message.id()));
    assertThat(event).isPresent();
  }

  @Test
  void sync_ofTheReadme_isAnsweredTwice() {
    UserId alice = UserId.parse("@alice:test");
    try (MatrixWorld world = MatrixWorld.create()) {
      TestUser user = world.user("alice");
      TestRoom here = user.creates("here");
      SyncEngine engine = world.engine();
      // region sync
      SyncOptions lazy = SyncOptions.DEFAULT.withFilter(
          FilterSpec.parse("{\"room\":{\"state\":{\"lazy_load_members\":true}}}"));
      SyncResponse first = engine.sync(alice, null, Duration.ZERO, lazy).join();
      CompletableFuture<SyncResponse> next =
          engine.sync(alice, first.nextBatch(), Duration.ofSeconds(30), lazy);
      // endregion

      assertThat(first.isEmpty()).isFalse();
      assertThat(next).isNotDone();
      user.says(here, "hi");
      assertThat(next.join().isEmpty()).isFalse();
    }
  }
}
