package io.github.matrixsync.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.http.Response;
import io.github.matrixsync.homeserver.json.JsonNode;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as values, answered without an HTTP library. */
class RequestsTest {
  @RegisterExtension
  private final Logged log = new Logged();

  private final TestServer server = new TestServer(broken());

  /** An API with a route that fails by a fault of its own. */
  private static Api broken() {
    Api api = Api.of("/broken");
    api.router().add("GET", "here", call -> {
      throw new IllegalStateException("secret");
    });
    return api;
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, /anything,                       200, ''",
    "GET,     v3/none,                         404, M_UNRECOGNIZED",
    "GET,     /none,                           404, M_UNRECOGNIZED",
    "DELETE,  v3/account/whoami,               405, M_UNRECOGNIZED",
    "GET,     v3/account/whoami,               401, M_MISSING_TOKEN",
    "GET,     v3/account/whoami?access_token=x,401, M_UNKNOWN_TOKEN",
    "GET,     v3/sync,                         401, M_MISSING_TOKEN",
    "GET,     v3/profile/%zz,                  400, M_UNKNOWN",
    "GET,     v3/versions?a=%zz,               400, M_UNKNOWN",
  })
  void answer_eachRequest_hasItsStatus(String method, String path, int status, String errcode) {
    Response response = server.send(method, path, "", "").join();

    assertThat(response.status()).isEqualTo(status);
    assertThat(TestServer.json(response).path("errcode").asString()).isEqualTo(errcode);
    assertThat(server.failures).isEmpty();
  }

  @Test
  void answer_bodyThatIsTooLarge_isRefused() {
    String body = " ".repeat(Requests.MAX_BODY + 1);

    assertThat(server.ask("POST", "v3/login", "", body).path("errcode").asString())
        .isEqualTo("M_TOO_LARGE");
  }

  @Test
  void answer_handlerThatFails_tellsTheHostAndNotTheClient() {
    JsonNode answer = server.ask("GET", "/broken/here", "", "");

    assertThat(answer.path("errcode").asString()).isEqualTo("M_UNKNOWN");
    assertThat(answer.toString()).doesNotContain("secret");
    assertThat(server.failures).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(log.text()).contains("GET here").doesNotContain("secret");
  }

  @Test
  void answer_aDayOfTwoUsers_worksAsOverHttp() {
    String alice = server.register("alice");
    String bob = server.register("bob");
    String room = server
        .ask("POST", "v3/createRoom", alice, "{\"preset\":\"public_chat\",\"name\":\"here\"}")
        .path("room_id")
        .asString();

    server.ask("POST", "v3/join/" + room, bob, "{}");
    String path = "v3/rooms/" + room + "/send/m.room.message/";
    String event = server
        .ask("PUT", path + "1", alice, "{\"body\":\"hi\"}")
        .path("event_id")
        .asString();
    String again = server
        .ask("PUT", path + "1", alice, "{\"body\":\"hi\"}")
        .path("event_id")
        .asString();
    JsonNode timeline = server
        .ask("GET", "v3/sync", bob, "")
        .path("rooms")
        .path("join")
        .path(room)
        .path("timeline")
        .path("events");

    assertThat(again).isEqualTo(event);
    assertThat(timeline.valueStream().map(each -> each.path("event_id").asString()))
        .last()
        .isEqualTo(event);
  }

  @Test
  void answer_messageOfAStranger_saysWhy() {
    String alice = server.register("alice");
    String carol = server.register("carol");
    String room =
        server.ask("POST", "v3/createRoom", alice, "{}").path("room_id").asString();

    JsonNode refusal = server.ask("PUT", "v3/rooms/" + room + "/send/a.b/1", carol, "{}");

    assertThat(refusal.path("errcode").asString()).isEqualTo("M_FORBIDDEN");
    assertThat(refusal.path("error").asString())
        .isEqualTo("@carol:test is not in " + room + " (never joined); only members can speak");
  }

  @Test
  void cancel_whileAPollWaits_endsIt() {
    String alice = server.register("alice");
    String since = server.ask("GET", "v3/sync", alice, "").path("next_batch").asString();

    CompletableFuture<Response> poll =
        server.send("GET", "v3/sync?timeout=30000&since=" + since, alice, "");
    assertThat(server.engine.statistics().polls().parked()).isEqualTo(1);
    poll.cancel(true);

    assertThat(server.engine.statistics().polls().parked()).isZero();
  }

  @Test
  void register_inTwoServersAlike_givesTheSameTokens() {
    try (TestServer other = new TestServer()) {
      assertThat(other.register("alice")).isEqualTo(server.register("alice")).isNotEmpty();
    }
  }
}
