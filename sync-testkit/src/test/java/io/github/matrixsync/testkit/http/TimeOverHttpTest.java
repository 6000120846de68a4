package io.github.matrixsync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.testkit.http.Http.Reply;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next happening is in a world with an application service and clients over HTTP. */
@MatrixTest
class TimeOverHttpTest extends RelayedRooms {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_WAITS = 1_000;

  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer bridge;

  @BeforeEach
  void listen() throws IOException {
    bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    bridge.createContext("/", exchange -> {
      exchange.sendResponseHeaders(status.get(), -1);
      exchange.close();
    });
    bridge.start();
    service.settle();
  }

  @AfterEach
  void stop() {
    bridge.stop(0);
  }

  private void settleAfter(int requests) {
    for (int i = 0; i < MOST_WAITS && world.server().requests().size() < requests; i++) {
      world.server().settle();
    }
    world.server().settle();
  }

  private Duration next() {
    Duration passed = world.time().advanceToNext();
    world.server().settle();
    return passed;
  }

  @Test
  void advanceToNext_whenNothingIsToBePushed_takesADay() {
    assertThat(next()).isEqualTo(DAY);
  }

  @Test
  void advanceToNext_stopsAtEachTryOfATransaction() {
    status.set(500);
    alice.says(here, "hi");
    service.settle();

    assertThat(next()).isEqualTo(Duration.ofMillis(250));
    status.set(200);
    assertThat(next()).isEqualTo(Duration.ofMillis(500));
    assertThat(next()).isEqualTo(DAY);
  }

  @Test
  void advanceToNext_stopsAtTheEndOfASyncAndOfADelay() throws Exception {
    Http client = new Http(world.server(), alice.accessToken());
    CompletableFuture<Reply> sync = client.later("v3/sync?timeout=0");
    String since = sync.get(20, TimeUnit.SECONDS).json().path("next_batch").asString("");
    CompletableFuture<Reply> polling = client.later("v3/sync?timeout=20000&since=" + since);
    world.server().next(RequestPattern.get("account/whoami")).takes(Duration.ofSeconds(10));
    CompletableFuture<Reply> slow = client.later("v3/account/whoami");
    settleAfter(3);

    assertThat(next()).isEqualTo(Duration.ofSeconds(10));
    assertThat(slow.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(next()).isEqualTo(Duration.ofSeconds(10));
    assertThat(polling.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
  }
}
