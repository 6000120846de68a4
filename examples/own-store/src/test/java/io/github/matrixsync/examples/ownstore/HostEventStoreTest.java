package io.github.matrixsync.examples.ownstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An engine on the host's tables. */
class HostEventStoreTest {
  private static final UserId ALICE = UserId.parse("@alice:h");
  private static final RoomId ROOM = RoomId.parse("!r:h");

  private final HostTables tables = new HostTables();

  @Test
  void engine_overTheHostsTables_answersTheThreeCalls() throws Exception {
    try (SyncEngine engine = SyncEngine.builder(new HostEventStore(tables)).build()) {
      tables.insert(event("$1", "m.room.member", ",\"state_key\":\"@alice:h\"", "join"));
      tables.insert(event("$2", "m.room.topic", ",\"state_key\":\"\"", "old"));
      CompletableFuture<EventBatch> poll = engine.stream(ALICE, null, Duration.ofSeconds(30));

      tables.insert(event("$3", "m.room.topic", ",\"state_key\":\"\"", "new"));

      ClientEvent streamed = poll.get(10, TimeUnit.SECONDS).chunk().get(0);
      assertThat(streamed.json().toString())
          .contains("\"replaces_state\":\"$2\"", "\"prev_content\":{\"membership\":\"old\"}");
      RoomSnapshot room = engine.initialSync(ALICE, 2).rooms().get(0);
      assertThat(room.state()).hasSize(2);
      assertThat(room.messages().orElseThrow().start()).hasToString("t2-1_0_0");
      assertThat(engine.messages(ALICE, ROOM, MessagesOptions.backward(10)).chunk())
          .hasSize(3);
      assertThat(engine.getEvent(ALICE, streamed.id().orElseThrow())).isPresent();
      assertThat(engine.getEvent(UserId.parse("@eve:h"), streamed.id().get())).isEmpty();
    }
  }

  private static RoomEvent event(String id, String type, String more, String membership) {
    String json =
        "{\"event_id\":\"%s\",\"room_id\":\"!r:h\",\"sender\":\"@alice:h\",\"type\":\"%s\"%s,"
                .formatted(id, type, more)
            + "\"origin_server_ts\":1,\"content\":{\"membership\":\"" + membership + "\"}}";
    return RoomEvents.parse(RawJson.of(json), Instant.EPOCH);
  }
}
