package io.github.matrixsync.testkit.http;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static io.github.matrixsync.testkit.http.RequestPattern.get;
import static io.github.matrixsync.testkit.http.RequestPattern.post;
import static io.github.matrixsync.testkit.http.RequestPattern.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP server of a world: requests, polls, expectations and faults. */
class WorldServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int MOST_WAITS = 100;
  private static final String V3 = "/_matrix/client/v3/";

  private final MatrixWorld world = MatrixWorld.create();
  private final WorldServer server = world.server();
  private final TestUser alice = world.user("alice");
  private TestRoom room;
  private boolean isClosed;

  @BeforeEach
  void room() {
    room = alice.creates("here");
  }

  @AfterEach
  void close() {
    if (!isClosed) {
      world.close();
    }
  }

  private AssertionError closing() {
    isClosed = true;
    try {
      world.close();
    } catch (AssertionError e) {
      return e;
    }
    throw new IllegalStateException("the world was closed without a complaint");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + alice.accessToken());
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> says(String text, String txn) throws Exception {
    return send(request(V3 + "rooms/!here:test/send/m.room.message/" + txn)
        .PUT(BodyPublishers.ofString("{\"msgtype\":\"m.text\",\"body\":\"" + text + "\"}")));
  }

  /** Waits until this many requests have come, and the server is quiet. */
  private void settleAfter(int requests) {
    for (int i = 0; i < MOST_WAITS && server.requests().size() < requests; i++) {
      server.settle();
    }
    server.settle();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.body(response.body().getBytes(StandardCharsets.UTF_8)).tree();
  }

  @Test
  void send_overHttp_isSeenInProcess() throws Exception {
    HttpResponse<String> sent = says("hi", "1");

    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(json(sent).path("event_id").asString("")).startsWith("$");
    assertThat(alice).inRoom(room).sawMessages("hi");
  }

  @Test
  void whoami_ofAToken_isItsUser() throws Exception {
    JsonNode answer = json(send(request(V3 + "account/whoami")));

    assertThat(answer.path("user_id").asString("")).isEqualTo("@alice:test");
  }

  @Test
  void login_withThePassword_isPossible() throws Exception {
    String body =
        "{\"type\":\"m.login.password\",\"identifier\":{\"type\":\"m.id.user\",\"user\":\"alice\"},"
            + "\"password\":\"" + alice.password() + "\"}";
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(URI.create(server.url() + V3 + "login"))
            .POST(BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("access_token").asString("")).isNotEmpty();
  }

  @Test
  void sync_thatWaits_isAnsweredWhenSomebodyActs() throws Exception {
    String since = json(send(request(V3 + "sync"))).path("next_batch").asString("");
    CompletableFuture<HttpResponse<String>> poll = poll(since);
    settleAfter(2);
    assertThat(poll).isNotDone();

    alice.says(room, "hi");

    String body = poll.get(10, TimeUnit.SECONDS).body();
    assertThat(body).contains("\"hi\"");
  }

  @Test
  void sync_thatWaits_isAnsweredWhenItsTimePasses() throws Exception {
    String since = json(send(request(V3 + "sync"))).path("next_batch").asString("");
    CompletableFuture<HttpResponse<String>> poll = poll(since);
    settleAfter(2);

    world.time().advance(Duration.ofSeconds(30));

    assertThat(json(poll.get(10, TimeUnit.SECONDS)).path("next_batch").asString(""))
        .isEqualTo(since);
  }

  private CompletableFuture<HttpResponse<String>> poll(String since) {
    return CLIENT.sendAsync(
        request(V3 + "sync?timeout=30000&since=" + since).build(), BodyHandlers.ofString());
  }

  @Test
  void request_thatIsNotUnderstood_failsTheTestThatMadeIt() throws Exception {
    assertThat(send(request(V3 + "search")).statusCode()).isEqualTo(404);
    server.settle();

    assertThatThrownBy(() -> alice.says(room, "hi"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "GET /_matrix/client/v3/search was not understood (404 M_UNRECOGNIZED), asked by @alice:test; the routes ");
  }

  @Test
  void request_thatIsNotUnderstoodButAllowed_isAnsweredOnly() throws Exception {
    server.allowsRefusals();

    assertThat(send(request(V3 + "search")).statusCode()).isEqualTo(404);
    server.settle();
    alice.says(room, "hi");
  }

  @Test
  void request_thatIsForbidden_isInTheStoryWithTheReason() throws Exception {
    world.user("bob").creates("there");

    HttpResponse<String> answer = send(
        request(V3 + "rooms/!there:test/send/m.room.message/1").PUT(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(world.story())
        .contains(
            "is refused: 403 M_FORBIDDEN: @alice:test is not in !there:test (never joined); only members can speak");
  }

  @Test
  void requests_areListedWithUserBodyAndStatus() throws Exception {
    says("hi", "1");

    assertThat(server.requests()).singleElement().satisfies(request -> {
      assertThat(request.method()).isEqualTo("PUT");
      assertThat(request.route()).isEqualTo("rooms/!here:test/send/m.room.message/1");
      assertThat(request.user()).hasValue(alice.id());
      assertThat(request.body()).contains("\"hi\"");
      assertThat(request.status()).hasValue(200);
      assertThat(request.at()).isEqualTo(world.time().instant());
    });
  }

  @Test
  void user_whomAServiceRegisteredWithTheNameOfItsNetwork_isFound() throws Exception {
    TestService irc = world.service("irc").users("@irc_.*").register();
    assertThatThrownBy(() -> world.user("irc_Nick[m]"))
        .hasMessageStartingWith("a local part may hold a to z");
    Http.Reply registered = new Http(server, irc.asToken())
        .post(
            "v3/register",
            "{\"type\":\"m.login.application_service\",\"username\":\"irc_Nick[m]\"}");
    assertThat(registered.status()).isEqualTo(200);

    TestUser ghost = world.user("@irc_Nick[m]:test");
    ghost.joins(room);
    alice.says(room, "hi");

    assertThat(world.user("irc_Nick[m]")).isSameAs(ghost);
    assertThat(ghost).inRoom(room).sawMessages("hi");
    assertThatThrownBy(() -> world.user("irc_Other"))
        .hasMessageStartingWith("a local part may hold a to z");
  }

  @Test
  void expects_aRequestThatDoesNotCome_isReportedWhenTheWorldIsClosed() {
    server.expects(put("rooms/*/send/**").by(alice.id())).named("the greeting");

    assertThat(closing())
        .hasMessage("expected \"the greeting\", PUT rooms/*/send/** by @alice:test at least once, "
            + "but it did not come\nthere were no requests");
  }

  @Test
  void expects_neverButItComes_isReportedWithTheRequests() throws Exception {
    server.expects(put("rooms/*/send/**")).never();
    says("hi", "1");

    assertThat(closing())
        .hasMessage("expected PUT rooms/*/send/** never, but it came once\nthe requests were:\n"
            + "PUT /_matrix/client/v3/rooms/!here:test/send/m.room.message/1 by @alice:test: 200");
  }

  @Test
  void expects_onceAndAtMostAndBodies_areMet() throws Exception {
    server.expects(put("rooms/*/send/m.room.message/*")).times(2);
    server
        .expects(put("rooms/*/send/m.room.message/*").withBody(body -> body.contains("one")))
        .once();
    server.expects(post("rooms/*/leave")).atMost(1);

    says("one", "1");
    says("two", "2");
  }

  @Test
  void expects_aPathThatNoRouteHas_namesTheNearest() {
    assertThatThrownBy(() -> server.expects(put("room/*")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("no request matches PUT room/\\*; the nearest routes are "
            + "\\[PUT rooms/[^,]*(, PUT rooms/[^,]*){4}\\]");
    assertThatThrownBy(() -> server.expects(put("join/*")))
        .hasMessageContaining("the nearest routes are [POST join/*, ");
  }

  @Test
  void next_whoseTestOfTheBodyThrows_failsTheTest() throws Exception {
    server
        .next(put("rooms/*/send/**").withBody(body -> {
          throw new IllegalArgumentException("no number");
        }))
        .answers(503);

    assertThat(says("hi", "1").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> alice.says(room, "hello"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("could not test the body of PUT")
        .hasRootCauseMessage("no number");
  }

  @Test
  void next_forANegativeTime_isRefused() {
    Duration before = Duration.ofSeconds(-1);

    assertThatThrownBy(() -> server.next(put("rooms/*/send/**")).limits(before))
        .hasMessage("a duration must not be negative, got PT-1S");
    assertThatThrownBy(() -> server.next(put("rooms/*/send/**")).takes(before))
        .hasMessage("a duration must not be negative, got PT-1S");
    assertThatThrownBy(() -> server.settle(before))
        .hasMessage("a duration must not be negative, got PT-1S");
  }

  @Test
  void accessToken_afterALogout_isAnother() throws Exception {
    String before = alice.accessToken();
    HttpResponse<String> logout = send(request(V3 + "logout").POST(BodyPublishers.ofString("{}")));

    assertThat(logout.statusCode()).isEqualTo(200);
    assertThat(alice.accessToken()).isNotEqualTo(before);
    assertThat(says("hi", "1").statusCode()).isEqualTo(200);
  }

  @Test
  void answers_whole_endTheirConnections() throws Exception {
    assertThat(says("hi", "1").headers().firstValue("Connection")).contains("close");
  }

  @Test
  void pattern_withTheVersion_isRefused() {
    assertThatThrownBy(() -> get("/_matrix/client/v3/sync"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a path begins behind the version of the API");
  }

  @Test
  void next_answers_isThatStatusAndNothingIsDone() throws Exception {
    server.next(put("rooms/*/send/**")).answers(503);

    assertThat(says("lost", "1").statusCode()).isEqualTo(503);
    assertThat(says("hi", "2").statusCode()).isEqualTo(200);
    assertThat(alice).inRoom(room).sawMessages("hi");
  }

  @Test
  void next_limits_asksToWait() throws Exception {
    server.next(put("rooms/*/send/**")).limits(Duration.ofMillis(1_500));

    HttpResponse<String> answer = says("lost", "1");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(answer.body()).contains("M_LIMIT_EXCEEDED").contains("\"retry_after_ms\":1500");
  }

  @Test
  void next_hangsUp_isNoAnswerAndNothingDone() {
    server.next(put("rooms/*/send/**")).hangsUp();

    assertThatThrownBy(() -> says("lost", "1")).isInstanceOf(IOException.class);
    assertThat(alice).inRoom(room).sawNothing();
  }

  @Test
  void next_hangsUpAfterDoing_isNoAnswerAndDone() {
    server.next(put("rooms/*/send/**")).hangsUpAfterDoing();

    assertThatThrownBy(() -> says("hi", "1")).isInstanceOf(IOException.class);
    assertThat(alice).inRoom(room).sawMessages("hi");
    assertThat(server.requests()).allMatch(request -> request.status().isEmpty());
  }

  @Test
  void next_cutsTheBody_isHalfAnAnswerAndDone() {
    server.next(put("rooms/*/send/**")).cutsTheBody();

    assertThatThrownBy(() -> says("hi", "1")).isInstanceOf(IOException.class);
    assertThat(alice).inRoom(room).sawMessages("hi");
  }

  @Test
  void next_answersNonsense_isNoJson() throws Exception {
    server.next(put("rooms/*/send/**")).answersNonsense();

    assertThat(says("lost", "1").body()).startsWith("<html>");
    assertThat(server.requests()).allMatch(request -> request.status().equals(Optional.of(200)));
  }

  @Test
  void next_takes_isDoneWhenTheTimeHasPassed() throws Exception {
    server.next(put("rooms/*/send/**")).takes(Duration.ofSeconds(10));
    CompletableFuture<HttpResponse<String>> sent = CLIENT.sendAsync(
        request(V3 + "rooms/!here:test/send/m.room.message/1")
            .PUT(BodyPublishers.ofString("{\"msgtype\":\"m.text\",\"body\":\"slow\"}"))
            .build(),
        BodyHandlers.ofString());
    settleAfter(1);
    assertThat(alice).inRoom(room).sawNothing();

    world.time().advance(Duration.ofSeconds(10));

    assertThat(sent.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(alice).inRoom(room).sawMessages("slow");
  }

  @Test
  void next_times_isForThatManyRequests() throws Exception {
    server.next(put("rooms/*/send/**")).times(2).answers(500);

    assertThat(List.of(
            says("a", "1").statusCode(),
            says("b", "2").statusCode(),
            says("c", "3").statusCode()))
        .containsExactly(500, 500, 200);
  }

  @Test
  void next_withoutSuchARequest_isReportedWhenTheWorldIsClosed() throws Exception {
    server.next(put("rooms/*/send/**")).answers(503);
    server.next(put("rooms/*/send/**").by(world.user("bob").id())).times(2).hangsUp();
    server.next(post("join/*")).takes(Duration.ofSeconds(1));
    says("lost", "1");

    assertThat(closing())
        .hasMessage(
            "the test makes PUT rooms/*/send/** by @bob:test fail, but no such request came\n"
                + "the test makes POST join/* slow, but no such request came\nthe requests were:\n"
                + "PUT /_matrix/client/v3/rooms/!here:test/send/m.room.message/1 by @alice:test: 503");
  }

  @Test
  void next_timesOfWhichSomeCame_isNotReported() throws Exception {
    server.next(put("rooms/*/send/**")).times(3).answers(503);
    server.next(put("rooms/*/send/**").by(alice.id())).answers(502);

    assertThat(List.of(says("a", "1").statusCode(), says("b", "2").statusCode()))
        .containsExactly(503, 503);

    assertThat(closing())
        .hasMessageStartingWith("the test makes PUT rooms/*/send/** by @alice:test fail, but");
  }

  @Test
  void next_aStatusThatIsNoError_isRefused() {
    assertThatThrownBy(() -> server.next(put("rooms/*/send/**")).answers(200))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the status of an error is 400 to 599, got 200");
  }

  /** A socket of its own, because a client may ask again by itself when its connection is cut. */
  @Test
  void restarts_whileAPollWaits_cutsItAndServesAgain() throws Exception {
    String since = json(send(request(V3 + "sync"))).path("next_batch").asString("");
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
      socket.setSoTimeout(20_000);
      String poll =
          "GET " + V3 + "sync?timeout=30000&since=" + since + " HTTP/1.1\r\nHost: test\r\n"
              + "Authorization: Bearer " + alice.accessToken() + "\r\n\r\n";
      socket.getOutputStream().write(poll.getBytes(StandardCharsets.UTF_8));
      settleAfter(2);

      world.restarts();

      assertThat(isCut(socket)).isTrue();
    }
    assertThat(send(request(V3 + "sync?since=" + since)).statusCode()).isEqualTo(200);
  }

  private static boolean isCut(Socket socket) throws SocketTimeoutException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void polls_200AtOnce_haveNoThreadEach() throws Exception {
    String since = json(send(request(V3 + "sync"))).path("next_batch").asString("");
    List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      polls.add(poll(since));
    }
    settleAfter(201);

    await(() -> serverThreads() <= 4); // those of the world before may still be ending
    alice.says(room, "hi");
    for (CompletableFuture<HttpResponse<String>> poll : polls) {
      assertThat(poll.get(20, TimeUnit.SECONDS).body()).contains("\"hi\"");
    }
  }

  @Test
  void close_freesThePortAndEndsTheThreads() {
    isClosed = true;
    world.close();

    assertThatThrownBy(() -> send(request(V3 + "sync"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> CLIENT.send(
            HttpRequest.newBuilder(URI.create(server.url() + V3 + "sync")).build(),
            BodyHandlers.ofString()))
        .isInstanceOf(ConnectException.class);
    for (int i = 0; i < 100; i++) {
      try (MatrixWorld other = MatrixWorld.create()) {
        assertThat(other.server().url().getPort()).isPositive();
      }
    }
    await(() -> serverThreads() == 0);
  }

  private static long serverThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("matrix-world-http-"))
        .count();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
