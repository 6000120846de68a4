package org.example;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

@MatrixTest
class PingBotTest {
  @Test
  void ping_inARoomOfTheBot_isAnswered(MatrixWorld world) {
    TestUser alice = world.user("alice");
    TestUser bot = world.user("bot");
    TestRoom lounge = alice.creates("lounge").with(bot);
    new PingBot(world.engine(), bot.id(), bot::says).start();

    alice.says(lounge, "!ping");

    assertThat(alice).inRoom(lounge).sawMessages("!ping", "pong");
  }

  /** The bot under test. */
  record PingBot(SyncApi engine, UserId id, BiConsumer<RoomId, String> outbox) {
    void start() {
      listen(engine.initialSync(id, 0).end());
    }

    private void listen(StreamToken from) {
      engine.stream(id, from, Duration.ofSeconds(30)).thenAccept(batch -> {
        batch.chunk().forEach(this::answer);
        listen(batch.end());
      });
    }

    private void answer(ClientEvent event) {
      if (event.content().toString().contains("\"!ping\"")) {
        outbox.accept(event.room().orElseThrow(), "pong");
      }
    }
  }
}
