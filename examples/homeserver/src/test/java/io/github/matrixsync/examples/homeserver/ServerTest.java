package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.LeftRooms;
import io.github.matrixsync.homeserver.registration.Registration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A base class of tests, each class with a server of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerTest {
  final HomeServer server;
  int port;
  Client nobody = Client.nobody("");

  ServerTest(Registration... services) {
    server = new HomeServer("localhost", LeftRooms.LISTED, List.of(services), Stores.inMemory());
  }

  @BeforeAll
  void listen() throws Exception {
    port = server.listen("127.0.0.1", 0);
    nobody = Client.nobody("http://127.0.0.1:" + port);
  }

  @AfterAll
  void close() {
    server.close();
  }

  /** Waits until {@code polls} are parked. */
  static void awaitParked(HomeServer server, int polls) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (server.engine().parked() < polls) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Waits until the figures, which the meters read once a second, have one parked poll, and no engine's but one. */
  static void awaitParkedInMetrics(Client nobody) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    List<String> parked = List.of();
    while (!parked.equals(List.of("matrix_sync_polls_parked 1.0"))) {
      assertThat(System.nanoTime()).as("%s", parked).isLessThan(deadline);
      parked = nobody
          .get("/metrics")
          .text()
          .lines()
          .filter(line -> line.startsWith("matrix_sync_polls_parked"))
          .toList();
    }
  }
}
