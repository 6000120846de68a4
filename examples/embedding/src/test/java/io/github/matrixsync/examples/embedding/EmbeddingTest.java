package io.github.matrixsync.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The engine in a unit test: without a server, a port or waiting. */
class EmbeddingTest {
  private static final UserId ALICE = UserId.parse("@alice:example.org");

  @Test
  void threeCalls_onTheMemoryStore_agree() throws Exception {
    MemoryEventStore store = MemoryEventStore.create();
    try (SyncEngine engine = SyncEngine.builder(store).build()) {
      store.append(List.of(Append.live(Embedding.join(ALICE))));
      StreamToken here = engine.initialSync(ALICE, 10).end();
      CompletableFuture<EventBatch> poll = engine.stream(ALICE, here, Duration.ofSeconds(30));

      store.append(List.of(Append.live(Embedding.message(ALICE))));

      ClientEvent streamed = poll.get(10, TimeUnit.SECONDS).chunk().get(0);
      ClientEvent found = engine.getEvent(ALICE, streamed.id().orElseThrow()).orElseThrow();
      assertThat(streamed.content()).isEqualTo(found.content());
      assertThat(engine
              .initialSync(ALICE, 1)
              .rooms()
              .get(0)
              .messages()
              .orElseThrow()
              .chunk())
          .extracting(ClientEvent::type)
          .containsExactly("m.room.message");
    }
  }
}
