package io.github.matrixsync.homeserver.appservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.body.Payload;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Requester;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.registration.Service;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a service is told of its ping, by a clock that moves 7 ms at each look. */
class PingEndpointTest {
  private final FakeConnection connection = new FakeConnection();
  private final Router router = new Router();
  private long now;

  PingEndpointTest() {
    List<ServiceClient> clients = List.of(connection.client());
    new PingEndpoint(clients, () -> Instant.ofEpochMilli(now += 7)).addTo(router);
  }

  @Test
  void ping_serviceAnswers_isTheTimeItTook() {
    connection.answers(200, "{}");

    Answer answer = ping(FakeConnection.IRC, "irc", "{\"transaction_id\":\"t1\"}");

    assertThat(json(answer).toString()).isEqualTo("{\"duration_ms\":7}");
    assertThat(connection.sent.get(0).body()).isEqualTo("{\"transaction_id\":\"t1\"}");
  }

  @Test
  void ping_serviceRefuses_isABadStatusWithTheBody() {
    connection.answers(403, "go away");

    Answer answer = ping(FakeConnection.IRC, "irc", "{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(json(answer).path("errcode").asString()).isEqualTo("M_BAD_STATUS");
    assertThat(json(answer).path("status").asLong(0)).isEqualTo(403);
    assertThat(json(answer).path("body").asString()).isEqualTo("go away");
  }

  @Test
  void ping_noAnswer_isAFailureOrATimeout() {
    connection
        .fails(new ConnectException("refused"))
        .fails(new CompletionException(new TimeoutException()));

    assertError(ping(FakeConnection.IRC, "irc", "{}"), 502, "M_CONNECTION_FAILED");
    assertError(ping(FakeConnection.IRC, "irc", "{}"), 504, "M_CONNECTION_TIMEOUT");
  }

  @Test
  void ping_noUrl_isTold() {
    Service quiet = FakeConnection.service("quiet", Optional.empty());

    assertThatThrownBy(() -> ping(quiet, "quiet", "{}"))
        .isInstanceOfSatisfying(ApiError.class, error -> {
          assertThat(error.status()).isEqualTo(400);
          assertThat(error.errcode()).isEqualTo("M_URL_NOT_SET");
        });
  }

  @Test
  void ping_otherService_isForbidden() {
    assertThatThrownBy(() -> ping(FakeConnection.IRC, "slack", "{}"))
        .isInstanceOfSatisfying(ApiError.class, error -> {
          assertThat(error.status()).isEqualTo(403);
          assertThat(error.errcode()).isEqualTo("M_FORBIDDEN");
        });
    assertThat(connection.sent).isEmpty();
  }

  private static void assertError(Answer answer, int status, String errcode) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(json(answer).path("errcode").asString()).isEqualTo(errcode);
  }

  private static JsonNode json(Answer answer) {
    return Json.body(answer.body()).tree();
  }

  private Answer ping(Service by, String id, String body) {
    Router.Match match = router.find("POST", List.of("appservice", id, "ping"));
    Requester requester = new Requester(
        Optional.of(by.registration().asToken()),
        Optional.of(by.sender()),
        Optional.empty(),
        Optional.of(by),
        Optional.empty());
    Payload payload = Payload.json(body.getBytes(StandardCharsets.UTF_8));
    return match.handler().handle(new Call(match, Map.of(), payload, requester)).join();
  }
}
