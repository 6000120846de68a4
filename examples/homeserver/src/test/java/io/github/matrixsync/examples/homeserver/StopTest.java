package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a server ends of which clients wait for events. */
class StopTest extends ServerTest {
  private static final int CLIENTS = 20;

  @Test
  void stop_clientsWait_allAreAnsweredWithAnEmptyChunk() {
    Client alice = nobody.register("alice");
    alice.get("/events?timeout=0"); // now alice is online, and nothing more is to be told
    String end = alice.get("/events?timeout=0").json().path("end").asString();
    List<CompletableFuture<Client.Reply>> polls = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      polls.add(alice.later("GET", "/events?timeout=60000&from=" + end, new byte[0]));
    }
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (server.engine.parked() < CLIENTS) {
      assertThat(System.nanoTime()).isLessThan(patience);
      Thread.onSpinWait();
    }

    server.stop(Duration.ofMillis(200));

    for (CompletableFuture<Client.Reply> poll : polls) {
      Client.Reply reply = poll.orTimeout(10, TimeUnit.SECONDS).join();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("chunk")).isEmpty();
      assertThat(reply.json().path("end").asString()).isNotEmpty();
    }
  }
}
