package io.github.matrixsync.examples.adapters.contract;

import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICE;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICES_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.BOB;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.BOBS_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.BROKEN_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.V1;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.get;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.ClientApi;
import io.github.matrixsync.examples.adapters.contract.HttpSocket.Answer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests that every adapter passes, through sockets. A subclass has a static method {@code variants} that returns
 * the kinds of threads on which its server can run, all or one of {@link Threads#available()}; the tests run on each.
 */
@ParameterizedClass
@MethodSource("variants")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterContract {
  private static final int CROWD = 1_000;
  private static final int VANISHING = 100;
  private static final int MOST_LINES = 80;
  private static final int MOST_THREADS = 128;
  private static final Duration LONGEST_WAIT_UNNOTICED = Duration.ofSeconds(30);
  private static final Duration TO_NOTICE = Duration.ofSeconds(2);
  private static final String LONG_POLL = V1 + "/events?timeout=3600000";

  /** The kind of threads on which the server runs. */
  @Parameter
  protected Threads threads = Threads.PLATFORM;

  private final String name;
  private final ExampleHost host = new ExampleHost();
  private int threadsBefore;
  private Adapter adapter;

  /** Creates the tests of a server; the name is for the figures. */
  protected AdapterContract(String name) {
    this.name = name;
  }

  /** Starts the adapter on a free port of 127.0.0.1. */
  protected abstract Adapter start(SyncApi engine, AccessTokens tokens);

  /** Returns which polls end when their client hangs up. If not all do, the adapter caps waits at half a minute. */
  protected abstract HangUps hangUps();

  @BeforeAll
  void startServer() {
    Output.hold();
    threadsBefore = threadCount();
    adapter = start(host.calls(), host.tokens);
  }

  /** Closes the server, and checks that nothing was logged that must not be. */
  @AfterAll
  void closeServer() {
    adapter.close();
    host.close();
    assertThat(Output.text()).doesNotContain("secret-of", "access_token", "timeout=", "ERROR");
  }

  private void note(String what, Object figure) {
    Figures.note(name + (threads == Threads.VIRTUAL ? ", virtual threads" : ""), what, figure);
  }

  private static int threadCount() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private HttpSocket connect() {
    return new HttpSocket(adapter.port());
  }

  private Answer ask(String request) {
    try (HttpSocket client = connect()) {
      return client.send(request).read();
    }
  }

  private Answer askAsAlice(String path) {
    return ask(get(ALICES_TOKEN, V1 + path));
  }

  @Test
  void adapter_itsClass_isShort() throws IOException {
    long lines = SourceLines.ofAdapter(Path.of("src", "main"));
    note("lines", lines);
    assertThat(lines).isPositive().isLessThanOrEqualTo(MOST_LINES);
  }

  @Test
  void path_encoded_reachesTheEdgeAsItCame() {
    Answer answer = askAsAlice("/events/%24a%2Fb%2Bc%3Aexample.org");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"" + ExampleHost.EVENT + "\"");
  }

  @Test
  void parameter_repeated_isSeenTwice() {
    assertThat(askAsAlice("/initialSync?limit=1&limit=2")).hasToString("400 M_INVALID_PARAM");
    assertThat(askAsAlice("/events?timeout=0&timeout=600000").status()).isEqualTo(200);
  }

  @Test
  void parameter_empty_isSeen() {
    assertThat(askAsAlice("/events?timeout=0&from=").status()).isEqualTo(200);
    assertThat(askAsAlice("/events?timeout=")).hasToString("400 M_UNKNOWN");
    assertThat(askAsAlice("/initialSync?limit")).hasToString("400 M_INVALID_PARAM");
  }

  @Test
  void get_withABody_isAnsweredAndTheNextOneToo() {
    String get = request(
        "GET", V1 + "/events?timeout=0", "Authorization: Bearer " + ALICES_TOKEN + "\r\n", "null");
    try (HttpSocket client = connect()) {
      assertThat(client.send(get).read().body()).contains("\"chunk\":[]");
      assertThat(client.send(get(ALICES_TOKEN, V1 + "/initialSync")).read().body())
          .contains("rooms");
    }
  }

  @Test
  void post_filter_isTakenAndOneTooLargeRefused() {
    String path = "/_matrix/client/v3/user/%40alice%3Aexample.org/filter";
    String token = HttpSocket.lines("Authorization: Bearer " + ALICES_TOKEN, "Connection: close");
    assertThat(ask(request("POST", path, token, "{\"room\":{}}")).body()).contains("filter_id");
    String large = "{\"a\":\"" + "x".repeat(ClientApi.MOST_BYTES) + "\"}";
    assertThat(ask(request("POST", path, token, large))).hasToString("413 M_TOO_LARGE");
  }

  @Test
  void head_isRefusedWithoutABody() throws IOException {
    try (HttpSocket client = connect()) {
      Answer answer = client.send(request("HEAD", V1 + "/events", "", "")).readHead();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(client.send(get(ALICES_TOKEN, V1 + "/events?timeout=0")).read().status())
          .isEqualTo(200);
    }
  }

  @Test
  void options_asABrowserAsks_areAnsweredWithoutAToken() {
    String preflight = HttpSocket.lines(
        "Origin: https://app.example",
        "Access-Control-Request-Method: GET",
        "Access-Control-Request-Headers: Authorization");
    for (String headers : List.of("", preflight)) {
      Answer answer = ask(request("OPTIONS", V1 + "/events", headers, ""));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.header("access-control-allow-methods")).contains("GET");
      assertThat(answer.header("access-control-allow-headers")).contains("Authorization");
    }
  }

  @Test
  void path_notOurs_isNotFound() {
    assertThat(askAsAlice("/nothing")).hasToString("404 M_UNRECOGNIZED");
    assertThat(ask(get(ALICES_TOKEN, "/"))).hasToString("404 M_UNRECOGNIZED");
  }

  @Test
  void method_notOurs_isRefused() {
    String headers = "Authorization: Bearer " + ALICES_TOKEN + "\r\n";
    assertThat(ask(request("PUT", V1 + "/events", headers, "{}")))
        .hasToString("405 M_UNRECOGNIZED");
  }

  @Test
  void token_missingOrUnknown_isRefused() {
    assertThat(ask(request("GET", V1 + "/events", "", ""))).hasToString("401 M_MISSING_TOKEN");
    assertThat(ask(get("other", V1 + "/events"))).hasToString("401 M_UNKNOWN_TOKEN");
    String query = V1 + "/events?timeout=0&access_token=" + BOBS_TOKEN;
    assertThat(ask(request("GET", query, "", "")).status()).isEqualTo(200);
  }

  @Test
  void token_thatCannotBeChecked_isAnsweredWithAnError() {
    String query = V1 + "/events?timeout=0&access_token=" + BROKEN_TOKEN;
    assertThat(ask(request("GET", query, "", ""))).hasToString("500 M_UNKNOWN");
  }

  @Test
  void answer_toABrowser_hasItsHeadersOnceAndIsNotCompressed() {
    String headers = HttpSocket.lines(
        "Accept-Encoding: gzip, deflate, br",
        "Origin: https://app.example",
        "Authorization: Bearer " + ALICES_TOKEN);
    for (String path : List.of("/initialSync", "/events?from=bad", "/nothing")) {
      Answer answer = ask(request("GET", V1 + path, headers, ""));
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
      assertThat(answer.header("content-type")).startsWith("application/json");
      assertThat(Integer.parseInt(answer.header("content-length"))).isPositive();
      assertThat(answer.headers()).doesNotContainKeys("content-encoding", "transfer-encoding");
    }
  }

  @Test
  void poll_thatAsksForAnHour_waitsNoLongerThanTheCap() {
    try (HttpSocket client = connect()) {
      client.send(get(ALICES_TOKEN, LONG_POLL));
      host.awaitParked(1);
      assertThat(host.longestWait())
          .isLessThanOrEqualTo(
              hangUps() == HangUps.NOTICED ? Duration.ofHours(1) : LONGEST_WAIT_UNNOTICED);
      String id = host.say();
      assertThat(client.read().body()).contains(id);
    }
  }

  @Test
  void polls_aThousand_holdFewThreadsAndAllHearOfAnEvent() throws IOException {
    int rounds = Figures.areWanted() ? 5 : 1;
    for (int round = 1; round <= rounds; round++) {
      try (Crowd crowd = new Crowd(adapter.port(), CROWD, get(BOBS_TOKEN, LONG_POLL))) {
        host.awaitParked(CROWD);
        int held = threadCount() - threadsBefore;
        assertThat(held).isLessThanOrEqualTo(MOST_THREADS);
        List<Duration> times = crowd.awaitAnswers(host::say);
        if (round == rounds) {
          note("threads with 1,000 polls", held);
          note(
              "p99 of a wake-up to 1,000 polls, ms", times.get(CROWD * 99 / 100).toMillis());
        }
      }
    }
    host.awaitParked(0);
  }

  @Test
  void poll_secondRequestOnItsConnection_isAnsweredAfterIt() {
    host.forgetPollers();
    try (HttpSocket client = connect()) {
      client.send(get(ALICES_TOKEN, LONG_POLL) + get(BOBS_TOKEN, V1 + "/events?timeout=0"));
      host.awaitParked(1);
      assertThat(host.polls(ALICE)).isEqualTo(1);
      String id = host.say();
      assertThat(client.read().body()).contains(id);
      Optional<Answer> second = client.readIfAny();
      note("second request behind a poll", second.map(Answer::toString).orElse("closed"));
      second.ifPresent(answer -> {
        assertThat(answer).hasToString("200");
        assertThat(host.pollers()).containsExactlyInAnyOrder(ALICE, BOB);
      });
    }
    host.awaitParked(0);
  }

  @ParameterizedTest
  @EnumSource(BadInput.class)
  void badInput_isAnsweredOrRefused(BadInput input) {
    host.forgetPollers();
    try (HttpSocket client = connect()) {
      Optional<Answer> answer = client.send(input.request()).readIfAny();
      note(input.toString(), answer.map(Answer::toString).orElse("closed"));
      assertThat(answer).as(input.toString()).matches(input::allows);
    }
    assertThat(host.pollers()).isSubsetOf(ALICE);
    assertThat(askAsAlice("/events?timeout=0").status()).isEqualTo(200);
  }

  @Test
  void clients_thatHangUp_leaveNothingBehind() {
    List<HttpSocket> closing = poll(ALICES_TOKEN);
    List<HttpSocket> resetting = poll(BOBS_TOKEN);
    host.awaitParked(2 * VANISHING);
    closing.forEach(HttpSocket::close);
    resetting.forEach(HttpSocket::reset);
    if (Figures.areWanted()) {
      LockSupport.parkNanos(TO_NOTICE.toNanos());
      note("noticed of 100 closed", VANISHING - host.polls(ALICE));
      note("noticed of 100 reset", VANISHING - host.polls(BOB));
    }
    if (hangUps() == HangUps.UNNOTICED) {
      host.say(); // their polls end, as they do when their time is over
    }
    host.awaitParked(0);
    assertThat(askAsAlice("/events?timeout=0").status()).isEqualTo(200);
  }

  @Test
  void client_thatHangsUpBehindItsLastRequest_leavesNothingBehind() {
    String headers = HttpSocket.lines("Authorization: Bearer " + ALICES_TOKEN, "Connection: close");
    HttpSocket client = connect().send(request("GET", LONG_POLL, headers, ""));
    host.awaitParked(1);
    client.close();
    if (hangUps() != HangUps.NOTICED) {
      host.say();
    }
    host.awaitParked(0);
  }

  private List<HttpSocket> poll(String token) {
    List<HttpSocket> clients = new ArrayList<>();
    for (int i = 0; i < VANISHING; i++) {
      clients.add(connect().send(get(token, LONG_POLL)));
    }
    return clients;
  }

  @Test
  void shutdown_afterADrain_cutsNoAnswer() {
    try (ExampleHost other = new ExampleHost()) {
      Adapter stopping = start(other.calls(), other.tokens);
      List<HttpSocket> clients = new ArrayList<>();
      for (int i = 0; i < VANISHING; i++) {
        clients.add(new HttpSocket(stopping.port()).send(get(ALICES_TOKEN, LONG_POLL)));
      }
      other.awaitParked(VANISHING);
      other.engine.drain(Duration.ofMillis(100)).join();
      int port = stopping.port();
      stopping.close();
      for (HttpSocket client : clients) {
        assertThat(client.read().body()).contains("\"chunk\":[]");
        assertThat(client.readIfAny()).isEmpty();
        client.close();
      }
      assertRefused(port);
    }
  }

  @Test
  void shutdown_whilePollsAreParked_endsTheirConnections() {
    try (ExampleHost other = new ExampleHost()) {
      Adapter stopping = start(other.calls(), other.tokens);
      int port = stopping.port();
      try (HttpSocket client = new HttpSocket(port)) {
        client.send(get(ALICES_TOKEN, LONG_POLL));
        other.awaitParked(1);
        stopping.close(); // waits for an answer as long as it may; none comes
        assertThat(client.readIfAny().map(Answer::status)).isIn(Optional.empty(), Optional.of(503));
      }
      assertRefused(port);
    }
  }

  private static void assertRefused(int port) {
    Assertions.assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void request_afterTheEngineWasClosed_isUnavailable() {
    try (ExampleHost other = new ExampleHost();
        Adapter left = start(other.calls(), other.tokens);
        HttpSocket client = new HttpSocket(left.port())) {
      other.engine.close();
      assertThat(client.send(get(ALICES_TOKEN, V1 + "/events")).read().status()).isEqualTo(503);
    }
  }
}
