package io.github.matrixsync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are refused have the status and the error code of the specification, and the story has the reason. */
@MatrixTest
class RefusedRequestsTest {
  private static final String SEND = "v3/rooms/!here:test/send/m.room.message/1";

  private MatrixWorld world;
  private Http client;
  private Http service;

  @BeforeEach
  void users(MatrixWorld given) {
    world = given;
    TestService irc = world.service("irc").users("@irc_.*").register();
    world.service("chat").users("@chat_.*").aliases("#chat_.*").register();
    TestUser alice = world.user("alice");
    alice.creates("here").with(irc.sender());
    client = new Http(world.server(), alice.accessToken());
    service = new Http(world.server(), irc.asToken());
  }

  private void assertRefused(Http.Reply reply, int status, String errcode) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.errcode()).isEqualTo(errcode);
    world.server().settle();
    assertThat(world.story()).contains("is refused: " + status + " " + errcode + ": ");
  }

  @Test
  void request_withoutAToken_isRefused() throws Exception {
    assertRefused(new Http(world.server(), "").get("v3/account/whoami"), 401, "M_MISSING_TOKEN");
  }

  @Test
  void request_withAnUnknownToken_isRefused() throws Exception {
    assertRefused(
        new Http(world.server(), "wrong").get("v3/account/whoami"), 401, "M_UNKNOWN_TOKEN");
  }

  @Test
  void request_asAUserOutsideTheNamespaces_isForbidden() throws Exception {
    assertRefused(service.put(SEND + "?user_id=@alice:test", "{}"), 403, "M_FORBIDDEN");
    assertThat(world.story()).contains("Application service cannot masquerade as this user.");
  }

  @Test
  void request_asAGhostThatIsNotRegistered_saysSo() throws Exception {
    assertRefused(service.put(SEND + "?user_id=@irc_ghost:test", "{}"), 403, "M_FORBIDDEN");
    assertThat(world.story())
        .contains("Application service has not registered this user: @irc_ghost:test has no active"
            + " account.");
  }

  @Test
  void send_toARoomThatIsNotThere_saysSo() throws Exception {
    assertRefused(
        client.put("v3/rooms/!none:test/send/m.room.message/1", "{}"), 403, "M_FORBIDDEN");
    assertThat(world.story()).contains("there is no such room, !none:test");
  }

  @Test
  void send_aNumberWithAFraction_isRefusedFromVersion6On() throws Exception {
    Http.Reply old = client.post("v3/createRoom", "{\"room_version\":\"1\"}");
    String room = old.json().path("room_id").asString("");

    assertRefused(client.put(SEND, "{\"a\":1.5}"), 400, "M_BAD_JSON");
    assertRefused(client.put(SEND, "{\"a\":9007199254740992}"), 400, "M_BAD_JSON");
    assertThat(client.put("v3/rooms/" + room + "/send/a.b/1", "{\"a\":1.5}").status())
        .isEqualTo(200);
  }

  @Test
  void register_aUserWhoIsThere_namesServiceAndUser() {
    assertThatThrownBy(() -> world.service("alice").register())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the 'sender_localpart' of alice cannot be that of the user @alice:test, who"
            + " exists already");
  }

  @Test
  void register_outsideTheNamespaces_isExclusive() throws Exception {
    assertRefused(register("other"), 400, "M_EXCLUSIVE");
    assertRefused(register("chat_a"), 400, "M_EXCLUSIVE");
  }

  @Test
  void register_aUserThatIsThere_isInUse() throws Exception {
    assertThat(register("irc_a").status()).isEqualTo(200);
    assertRefused(register("irc_a"), 400, "M_USER_IN_USE");
  }

  private Http.Reply register(String name) throws Exception {
    return service.post(
        "v3/register",
        "{\"type\":\"m.login.application_service\",\"username\":\"" + name
            + "\",\"inhibit_login\":true}");
  }

  @Test
  void alias_ofAnotherService_isExclusive() throws Exception {
    assertRefused(
        service.put("v3/directory/room/%23chat_a:test", "{\"room_id\":\"!here:test\"}"),
        400,
        "M_EXCLUSIVE");
  }

  @Test
  void send_whatIsNoJson_isRefused() throws Exception {
    assertRefused(client.put(SEND, "{"), 400, "M_NOT_JSON");
    assertRefused(client.put(SEND, "[]"), 400, "M_BAD_JSON");
  }

  @Test
  void get_whatIsNotThere_isNotFound() throws Exception {
    assertRefused(client.get("v3/directory/room/%23none:test"), 404, "M_NOT_FOUND");
  }

  @Test
  void request_ofAKnownPathWithTheWrongMethod_isRefused() throws Exception {
    world.server().allowsRefusals();

    assertRefused(client.post("v3/account/whoami", "{}"), 405, "M_UNRECOGNIZED");
  }
}
