package io.github.matrixsync.testkit.http;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The requests of a bridge on mautrix-go, in its order, and what it requires of the answers: when it starts, and when a
 * ghost says its first message.
 */
@MatrixTest
class MautrixStartTest {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private MatrixWorld world;
  private HttpServer bridge;
  private TestService irc;
  private Http http;
  private String bot;

  @BeforeEach
  void bridge(MatrixWorld given) throws IOException {
    world = given;
    bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bridge.createContext("/_matrix/app/v1/", this::take);
    bridge.start();
    irc = world
        .service("irc")
        .users("@irc_.*")
        .url(URI.create("http://127.0.0.1:" + bridge.getAddress().getPort()))
        .register();
    http = new Http(world.server(), irc.asToken());
    bot = irc.sender().id().value();
  }

  /** Answers a request as mautrix-go does: only below the new paths, and by the token in the header. */
  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    List<String> tokens = exchange.getRequestHeaders().get("Authorization");
    boolean isKnown = List.of("Bearer " + irc.hsToken()).equals(tokens);
    received.add(
        exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + body);
    byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(isKnown ? 200 : 401, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @AfterEach
  void stop() {
    bridge.stop(0);
  }

  private static String as(String path, String user) {
    return path + (path.contains("?") ? "&" : "?") + "user_id=" + encode(user);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode done(Http.Reply reply) {
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void start_ofTheBridge_getsWhatItInsistsOn() throws Exception {
    JsonNode versions = done(http.get(as("versions", bot)));
    assertThat(versions.path("versions").valueStream().map(JsonNode::asString)).contains("v1.4");
    assertThat(versions.path("unstable_features").path("fi.mau.msc2659.stable").asBoolean(false))
        .isTrue();

    JsonNode self = done(http.get(as("v3/account/whoami", bot)));
    assertThat(self.path("user_id").asString("")).isEqualTo(bot);

    JsonNode ping =
        done(http.post(as("v1/appservice/irc/ping", bot), "{\"transaction_id\":\"start\"}"));
    assertThat(ping.path("duration_ms").asLong(-1)).isNotNegative();
    assertThat(received)
        .containsExactly("POST /_matrix/app/v1/ping {\"transaction_id\":\"start\"}");

    assertThat(done(http.get(as("v1/media/config", bot))).path("m.upload.size").asLong(0))
        .isPositive();
  }

  @Test
  void profileOfTheBot_thatIsNotSet_isSet() throws Exception {
    for (String key : List.of("displayname", "avatar_url")) {
      String path = as("v3/profile/" + encode(bot) + "/" + key, bot);
      Http.Reply unset = http.get(path);
      assertThat(unset.json().path(key).isMissingNode())
          .as(unset.json().toString())
          .isTrue();
      done(http.put(path, "{\"" + key + "\":\"mxc://test/irc\"}"));

      assertThat(done(http.get(path)).path(key).asString("")).isEqualTo("mxc://test/irc");
    }
  }

  @Test
  void start_withAnUnknownToken_isToldSo() throws Exception {
    Http.Reply refused = new Http(world.server(), "other").get(as("v3/account/whoami", bot));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.errcode()).isEqualTo("M_UNKNOWN_TOKEN");
  }

  @Test
  void firstMessage_ofAGhostThatIsNotInvited_isSaidOnce() throws Exception {
    TestUser alice = world.user("alice");
    TestRoom room = alice.creates("here").with(irc.sender());
    alice.sets(room, "m.room.join_rules", "", "{\"join_rule\":\"invite\"}");
    String ghost = "@irc_carol:test";
    String register =
        "{\"type\":\"m.login.application_service\",\"username\":\"irc_carol\",\"inhibit_login\":true}";
    done(http.post("v3/register", register));
    assertThat(http.post("v3/register", register).errcode()).isEqualTo("M_USER_IN_USE");

    String path = "v3/rooms/" + encode(room.id().value());
    assertThat(http.post(as(path + "/join", ghost), "{}").errcode()).isEqualTo("M_FORBIDDEN");
    done(http.post(as(path + "/invite", bot), "{\"user_id\":\"" + ghost + "\"}"));
    done(http.post(as(path + "/join", ghost), "{}"));
    String send = as(path + "/send/m.room.message/mautrix-go_1?ts=1767225600000", ghost);
    String message = "{\"msgtype\":\"m.text\",\"body\":\"hi\"}";
    String first = done(http.put(send, message)).path("event_id").asString("");
    String again = done(http.put(send, message)).path("event_id").asString("");

    assertThat(again).isEqualTo(first);
    assertThat(alice).inRoom(room).sawMessages("hi");
    assertThat(received).last().asString().startsWith("PUT /_matrix/app/v1/transactions/");
  }
}
