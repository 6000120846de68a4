package io.github.matrixsync.examples.adapters.contract;

import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICE;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICES_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.BOB;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.BOBS_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.V1;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.get;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.HttpSocket.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Polls that wait: of many clients and of clients that hang up, and how they end when the server does. */
abstract class PollContract extends RequestContract {
  private static final int CROWD = 1_000;
  private static final int VANISHING = 100;
  private static final int MOST_THREADS = 128;
  private static final Duration LONGEST_WAIT_UNNOTICED = Duration.ofSeconds(30);
  private static final Duration TO_NOTICE = Duration.ofSeconds(2);
  private static final String LONG_POLL = V1 + "/events?timeout=3600000";

  PollContract(String name) {
    super(name);
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
      ExampleHost.await(() -> host.polls(ALICE) == 1, () -> "it is not Alice's");
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

  /** At SIGTERM the host drains first; a server that stops by itself meanwhile would cut the polls. */
  @Test
  @SuppressWarnings("DoNotCall") // a thread can be started once, which the JVM does at its end
  void shutdown_ofTheJvm_leavesTheServerToTheHost() {
    try (HttpSocket client = connect()) {
      client.send(get(ALICES_TOKEN, LONG_POLL));
      host.awaitParked(1);
      hooks.forEach(Thread::run);
      String id = host.say();
      assertThat(client.read().body()).contains(id);
    }
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
