package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.homeserver.registration.Registration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which clients send their access token. */
class TokensOverHttpTest extends ServerTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Registration IRC = Bridges.registration("irc", true, Optional.empty());

  private Client alice = nobody;
  private Client bob = nobody;

  TokensOverHttpTest() {
    super(IRC);
  }

  @BeforeAll
  void meet() {
    alice = nobody.register("alice");
    bob = nobody.register("bob");
  }

  /** A script of a chat client of 2015 joins rooms like this. */
  @ParameterizedTest
  @ValueSource(strings = {FORM, FORM + "; charset=utf-8", "Application/X-WWW-Form-URLEncoded"})
  void form_withTheToken_isThatUsersRequest(String type) throws Exception {
    String id = alice.createRoom("{'preset':'public_chat'}");
    String token = "other=a%20b+c&access_token=" + encode(bob.token());
    for (String path : new String[] {"/join/" + encode(id), Client.room(id, "/leave")}) {
      HttpResponse<String> reply = post(Client.V1 + path, type, token);
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    }
    assertThat(alice.get(Client.room(id, "/state/m.room.member/" + bob.user())).text())
        .contains("leave");
  }

  @Test
  void form_ofAService_namesTheGhostToo() throws Exception {
    Client ghost = Bridges.ghost(Bridges.client(nobody.base(), IRC), "irc_ann");
    String id = alice.createRoom("{'preset':'public_chat'}");
    String form = "access_token=" + IRC.asToken() + "&user_id=" + encode(ghost.user());
    assertThat(post(Client.V1 + "/join/" + encode(id), FORM, form).statusCode()).isEqualTo(200);
    assertThat(
            alice.get(Client.room(id, "/state/m.room.member/" + ghost.user())).text())
        .contains("join");
  }

  @Test
  void form_tokenInTheQueryToo_isTheQuerys() throws Exception {
    String id = alice.createRoom("{}");
    String path = Client.V1 + "/join/" + encode(id) + "?access_token=" + alice.token();
    assertThat(post(path, FORM, "access_token=" + bob.token()).statusCode()).isEqualTo(200);
  }

  @Test
  void form_elsewhereOrBroken_hasNoToken() throws Exception {
    String join = "/join/" + encode(alice.createRoom("{'preset':'public_chat'}"));
    String token = "access_token=" + bob.token();
    assertThat(post(Client.V1 + join, "application/json", token).statusCode()).isIn(400, 401);
    assertThat(post(Client.V1 + join, FORM, token + "&a=%zz").statusCode()).isIn(400, 401);
    assertThat(post(Client.V1 + join, FORM, "access_token=wrong").body())
        .contains("M_UNKNOWN_TOKEN");
    assertThat(post("/_matrix/client/r0" + join, FORM, token).statusCode()).isIn(400, 401);
  }

  /** What {@code curl -d} sends, also if the text has a token. */
  @Test
  void json_saidToBeAForm_isJson() throws Exception {
    String id = alice.createRoom("{}");
    String send =
        Client.V1 + Client.room(id, "/send/m.room.message") + "?access_token=" + alice.token();
    String body = "{\"body\":\"a&access_token=" + bob.token() + "&b\"}";
    assertThat(post(send, FORM, body).statusCode()).isEqualTo(200);
    assertThat(alice.get(Client.room(id, "/messages?dir=b&limit=1")).text()).contains(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer %s", "bearer %s", "BEARER %s", "Bearer  %s "})
  void header_schemeInAnyCase_isRead(String form) throws Exception {
    HttpResponse<String> reply = get(form.formatted(alice.token()));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic %s", "Bearer", "Bearer%s", "Bearer %s x", "xBearer %s"})
  void header_anythingElse_isNoToken(String form) throws Exception {
    assertThat(get(form.formatted(alice.token())).body()).contains("M_MISSING_TOKEN");
  }

  private HttpResponse<String> get(String authorization) throws Exception {
    return send(request("/_matrix/client/r0/initialSync").header("Authorization", authorization));
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(nobody.base() + path)).timeout(Duration.ofSeconds(60));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
