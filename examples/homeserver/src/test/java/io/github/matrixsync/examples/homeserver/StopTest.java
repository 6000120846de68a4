package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.LeftRooms;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a server stops while clients wait for events. */
class StopTest extends ServerTest {
  private static final int CLIENTS = 20;
  private static final int POLLERS = 200;

  @Test
  void stop_clientsWait_allAreAnsweredWithAnEmptyChunk() {
    Client alice = nobody.register("alice");
    alice.get("/events?timeout=0"); // now alice is online, and the next poll parks
    String end = alice.get("/events?timeout=0").json().path("end").asString();
    List<CompletableFuture<Client.Reply>> polls = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      polls.add(alice.later("GET", "/events?timeout=60000&from=" + end, new byte[0]));
    }
    ServerTest.awaitParked(server, CLIENTS);

    server.stop(Duration.ofMillis(200));

    for (CompletableFuture<Client.Reply> poll : polls) {
      Client.Reply reply = poll.orTimeout(10, TimeUnit.SECONDS).join();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("chunk")).isEmpty();
      assertThat(reply.json().path("end").asString()).isNotEmpty();
    }
  }

  /** Clients poll again as soon as they are answered, until the server has stopped. */
  @Test
  void stop_clientsPollOn_noneFailsAndNothingIsLogged() throws Exception {
    HomeServer busy = new HomeServer("localhost", LeftRooms.LISTED);
    Client alice =
        Client.nobody("http://127.0.0.1:" + busy.listen("127.0.0.1", 0)).register("al");
    String end = alice.get("/events?timeout=0").json().path("end").asString();
    Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> loops = new ArrayList<>();
    Output output = Output.capture();
    try {
      for (int i = 0; i < POLLERS; i++) {
        loops.add(poll(alice, end, statuses));
      }
      ServerTest.awaitParked(busy, POLLERS);

      busy.stop(Duration.ofMillis(500));

      CompletableFuture.allOf(loops.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    } finally {
      busy.close();
      output.release();
    }
    assertThat(statuses).hasSizeGreaterThanOrEqualTo(POLLERS).allMatch(s -> s == 200 || s == 503);
    assertThat(statuses.stream().filter(s -> s == 200).count()).isGreaterThanOrEqualTo(POLLERS);
    assertThat(output.text()).isEmpty();
  }

  /** Polls until the server is gone or answers that it stops. */
  private static CompletableFuture<Void> poll(Client client, String from, Queue<Integer> statuses) {
    return client
        .later("GET", "/events?timeout=60000&from=" + from, new byte[0])
        .handle((reply, gone) -> {
          if (reply != null) {
            statuses.add(reply.status());
          }
          return reply != null && reply.status() == 200
              ? poll(client, reply.json().path("end").asString(), statuses)
              : CompletableFuture.<Void>completedFuture(null);
        })
        .thenCompose(next -> next);
  }

  @Test
  void stop_whileOthersAreAnswered_letsNobodyIn() throws Exception {
    HomeServer ending = new HomeServer("localhost", LeftRooms.LISTED);
    int at = ending.listen("127.0.0.1", 0);
    Client alice = Client.nobody("http://127.0.0.1:" + at).register("al");
    List<CompletableFuture<Client.Reply>> polls = new ArrayList<>();
    String end = alice.get("/events?timeout=0").json().path("end").asString();
    for (int i = 0; i < CLIENTS; i++) {
      polls.add(alice.later("GET", "/events?timeout=60000&from=" + end, new byte[0]));
    }
    ServerTest.awaitParked(ending, CLIENTS);

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(
        () -> ending.stop(Duration.ofMinutes(5)), task -> new Thread(task, "stop").start());
    awaitRefused(at);
    assertThat(ending.engine().parked()).as("who still waits").isPositive();
    ending.engine().close();

    stopped.get(30, TimeUnit.SECONDS);
    assertThat(polls).allMatch(poll -> poll.join().status() == 200);
  }

  private static void awaitRefused(int port) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        assertThat(System.nanoTime()).as("let in: %s", socket).isLessThan(deadline);
        Thread.onSpinWait();
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void request_whileTheEngineIsClosed_is503AndNotLogged() throws Exception {
    HomeServer ending = new HomeServer("localhost", LeftRooms.LISTED);
    Client alice =
        Client.nobody("http://127.0.0.1:" + ending.listen("127.0.0.1", 0)).register("al");
    String id = alice.createRoom("{}");
    Output output = Output.capture();
    try {
      ending.engine().close();
      ending.stores.close();
      for (Client.Reply reply : List.of(
          alice.get("/events?timeout=0"),
          alice.get("/initialSync"),
          alice.get(Client.room(id, "/state")),
          alice.post(Client.room(id, "/send/m.room.message"), "{}"))) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
      }
    } finally {
      ending.close();
      output.release();
    }
    assertThat(output.text()).isEmpty();
  }
}
