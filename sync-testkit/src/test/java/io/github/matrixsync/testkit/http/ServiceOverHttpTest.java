package io.github.matrixsync.testkit.http;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static io.github.matrixsync.testkit.http.RequestPattern.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.testkit.Restart;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge over HTTP: what it is sent, and what is found when its answers or ours get lost. */
@MatrixTest
@SuppressWarnings("try") // the relay works by itself
class ServiceOverHttpTest extends RelayedRooms {
  private static final Duration RETRY = Duration.ofMinutes(1);

  /** A bridge that a test handles by itself. */
  private record Listening(HttpServer http, ExecutorService threads) implements AutoCloseable {
    @Override
    public void close() {
      http.stop(0);
      threads.shutdownNow();
    }
  }

  private Listening bridge(HttpHandler handler) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    http.setExecutor(threads);
    http.createContext("/", handler);
    http.start();
    return new Listening(http, threads);
  }

  @Test
  void says_withABridgeThatListens_isRepeatedOnce() throws IOException {
    try (HttpRelay relay = relay(HttpRelay.Flaw.NONE)) {
      alice.says(here, "hi");
      service.settle();

      assertThat(bob).inRoom(there).sawMessages("@alice:test: hi");
    }
  }

  @Test
  void send_whoseAnswerIsLost_isNotSaidTwice() throws IOException {
    world.server().next(put("rooms/*/send/**")).hangsUpAfterDoing();
    world.server().expects(put("rooms/*/send/**")).times(2).named("the message, tried twice");
    try (HttpRelay relay = relay(HttpRelay.Flaw.NONE)) {
      alice.says(here, "hi");
      service.settle();
      world.time().advance(RETRY);
      service.settle();

      assertThat(bob).inRoom(there).sawMessages("@alice:test: hi");
    }
  }

  @Test
  void send_whoseAnswerIsLostWithABridgeThatDoubles_isSeenTwice() throws IOException {
    world.server().next(put("rooms/*/send/**")).hangsUpAfterDoing();
    try (HttpRelay relay = relay(HttpRelay.Flaw.DOUBLES)) {
      alice.says(here, "hi");
      service.settle();
      world.time().advance(RETRY);

      assertThat(bob).inRoom(there).sawMessages("@alice:test: hi", "@alice:test: hi");
    }
  }

  @Test
  void send_thatFailsWithABridgeThatGivesUp_isNotSeen() throws IOException {
    world.server().next(put("rooms/*/send/**")).answers(503);
    try (HttpRelay relay = relay(HttpRelay.Flaw.GIVES_UP)) {
      alice.says(here, "hi");
      service.settle();
      world.time().advance(RETRY);

      assertThat(bob).inRoom(there).sawMessages();
    }
  }

  @Test
  void redelivers_toABridgeThatRemembersTransactions_changesNothing() throws IOException {
    try (HttpRelay relay = relay(HttpRelay.Flaw.NONE)) {
      alice.says(here, "hi");
      service.settle();
      service.redelivers();

      assertThat(bob).inRoom(there).sawMessages("@alice:test: hi");
    }
  }

  @Test
  void says_toABridgeThatEndsTheConnection_comesOnceMoreAtOnce() throws IOException {
    List<String> paths = new CopyOnWriteArrayList<>();
    HttpServer bridge =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    bridge.createContext("/", exchange -> {
      paths.add(exchange.getRequestURI().getPath());
      if (paths.size() > 1) {
        exchange.sendResponseHeaders(200, -1);
      }
      exchange.close();
    });
    bridge.start();
    try {
      alice.says(here, "hi");
      service.settle();
    } finally {
      bridge.stop(0);
    }

    assertThat(paths).hasSizeGreaterThan(1);
    assertThat(paths.get(1)).isEqualTo(paths.get(0));
  }

  @Test
  void pauses_thenResumes_deliversWhatWasHeldBack() throws IOException {
    try (HttpRelay relay = relay(HttpRelay.Flaw.NONE)) {
      service.pauses();
      alice.says(here, "hi");
      service.settle();
      assertThat(bob).inRoom(there).sawMessages();

      service.resumes();
      service.settle();
      assertThat(bob).inRoom(there).sawMessages("@alice:test: hi");
    }
  }

  @Test
  void delivers_aNumber_isTheMostOfATransaction() throws IOException {
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    HttpServer bridge =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    bridge.createContext("/", exchange -> {
      JsonNode body = Json.body(exchange.getRequestBody().readAllBytes()).tree();
      sizes.add(body.path("events").size());
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    bridge.start();
    try {
      service.settle();
      sizes.clear();
      service.delivers(3);
      service.pauses();
      for (int i = 0; i < 8; i++) {
        alice.says(here, "hi");
      }
      service.resumes();
      service.settle();
      world.restarts();
      alice.creates("more").with(service.sender());
      service.settle();
    } finally {
      bridge.stop(0);
    }

    assertThat(sizes).allMatch(size -> size >= 1 && size <= 3).contains(3);
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isGreaterThan(8);
  }

  @Test
  void delivers_lessThanOne_isRefused() {
    assertThatThrownBy(() -> service.delivers(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a transaction has 1 to 20 events, got 0");
  }

  @Test
  void restarts_keeping_pushesOnFromWhereItWas() throws IOException {
    try (HttpRelay relay = relay(HttpRelay.Flaw.NONE)) {
      alice.says(here, "one");
      service.settle();
      world.restarts();
      alice.says(here, "two");
      service.settle();

      assertThat(bob).inRoom(there).sawMessages("@alice:test: one", "@alice:test: two");
    }
  }

  @Test
  void restarts_forgetting_pushesWhatComesThen() throws IOException {
    try (HttpRelay relay = relay(HttpRelay.Flaw.NONE)) {
      world.restarts(Restart.FORGETTING);
      alice.says(here, "hi");
      service.settle();

      assertThat(bob).inRoom(there).sawMessages("@alice:test: hi");
    }
  }

  @Test
  void restarts_afterATransactionThatWasRefused_sendsItUnchanged() throws IOException {
    List<String> transactions = new CopyOnWriteArrayList<>();
    AtomicInteger status = new AtomicInteger(500);
    try (Listening bridge = bridge(exchange -> {
      transactions.add(exchange.getRequestURI().getPath()
          + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(status.get(), -1);
      exchange.close();
    })) {
      service.settle();
      status.set(200); // before the restart, which sends it again
      world.restarts();
      service.settle();
    }

    assertThat(transactions).hasSizeGreaterThan(1);
    assertThat(transactions.get(1)).isEqualTo(transactions.get(0));
    assertThat(world.story())
        .contains(" to relay with ", " is answered 500\n", " is answered 200\n")
        .doesNotContain("hs-token-of-relay");
  }

  @Test
  void settle_whileABridgeDoesNotAnswer_namesServiceAndTransaction() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    try (Listening bridge = bridge(exchange -> {
      came.countDown();
      await(ends);
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    })) {
      service.redelivers();
      assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
      Thread.currentThread().interrupt(); // so that it does not wait for 5 seconds

      assertThatThrownBy(service::settle)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the service relay at http://127.0.0.1:" + port + ": transaction ")
          .hasMessageContaining(" has no answer yet");
      assertThat(Thread.interrupted()).isTrue();
      ends.countDown();
      service.settle();
    } finally {
      ends.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void settle_withoutABridgeThatListens_saysSo() {
    alice.says(here, "hi");

    assertThatThrownBy(service::settle)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("relay does not answer at http://127.0.0.1:" + port
            + ": connection refused; is the bridge started?");
  }

  @Test
  void ping_ofABridgeThatDoesNotListen_failsAtOnce() throws Exception {
    HttpRequest ping = HttpRequest.newBuilder(
            URI.create(world.server().url() + "/_matrix/client/v1/appservice/relay/ping"))
        .header("Authorization", "Bearer " + service.asToken())
        .timeout(Duration.ofSeconds(20))
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();

    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(ping, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("M_CONNECTION_FAILED");
  }

  @Test
  void registrationFile_hasTokensAndNamespaces() {
    assertThat(service.registrationFile()).isEqualTo("""
            id: "relay"
            url: "http://127.0.0.1:%d"
            as_token: "as-token-of-relay"
            hs_token: "hs-token-of-relay"
            sender_localpart: "relay"
            namespaces:
              users:
                - exclusive: true
                  regex: "@relay_.*"
            """.formatted(port));
  }

  @Test
  void register_aRegexThatIsNone_namesIt() {
    assertThatThrownBy(() -> world.service("irc").users("@irc_[").register())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("@irc_[")
        .hasMessageContaining("users");
  }

  @Test
  void register_anHsTokenThatIsTaken_namesBothServicesAndNotTheToken(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(
        folder.resolve("irc.yaml"),
        "id: irc\nurl: null\nas_token: other\nhs_token: hs-token-of-relay\n"
            + "sender_localpart: irc\nnamespaces: {}\n");

    assertThatThrownBy(() -> world.service("irc").registration(file).register())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("two application services have the same 'hs_token': relay and irc")
        .message()
        .doesNotContain("hs-token-of-relay");
  }

  @Test
  void register_anIdThatIsTaken_namesIt() {
    assertThatThrownBy(() -> world.service("relay").register())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relay");
  }
}
