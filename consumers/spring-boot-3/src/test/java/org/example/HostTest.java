package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class HostTest {
  private static final UserId ALICE = UserId.parse("@alice:example.org");

  @Autowired
  private MemoryEventStore store;

  @Autowired
  private SyncEngine engine;

  @Test
  void versions_ofTheHost_winOverOurs() {
    assertThat(tools.jackson.core.json.PackageVersion.VERSION).hasToString("3.1.8");
    assertThat(jarOf(Caffeine.class)).endsWith("caffeine-3.2.2.jar");
    assertThat(jarOf(Test.class)).endsWith("junit-jupiter-api-5.12.2.jar");
  }

  @Test
  void poll_joinOfTheReader_isAnswered() {
    CompletableFuture<EventBatch> poll =
        engine.stream(ALICE, engine.initialSync(ALICE, 0).end(), Duration.ofSeconds(30));
    store.append(List.of(Append.live(RoomEvents.parse(
        RawJson.of("""
            {"event_id": "$1:example.org", "room_id": "!r:example.org", "type": "m.room.member",
             "sender": "@alice:example.org", "state_key": "@alice:example.org",
             "origin_server_ts": 1443000000000, "content": {"membership": "join"}}
            """),
        Instant.now()))));
    assertThat(poll.join().chunk()).hasSize(1);
  }

  private static String jarOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
