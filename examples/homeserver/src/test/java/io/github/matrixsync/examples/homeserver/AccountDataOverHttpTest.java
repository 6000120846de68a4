package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AccountDataOverHttpTest extends ServerTest {
  private static final String SYNC = Client.V3 + "/sync?timeout=0";

  private Client alice = nobody;
  private Client bob = nobody;
  private String id = "";
  private String now = "";

  @BeforeEach
  void meet(TestInfo test) {
    String suffix = "." + Integer.toHexString(test.getDisplayName().hashCode());
    alice = nobody.register("a" + suffix);
    bob = nobody.register("b" + suffix);
    id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
    now = alice.get("/events?timeout=0").json().path("end").asString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/_matrix/client/api/v1", "/_matrix/client/v2_alpha", "/_matrix/client/r0"})
  void accountData_set_isReadStreamedAndInTheSnapshot(String prefix) {
    String path = prefix + "/user/" + alice.user() + "/account_data/org.example.theme";
    assertThat(alice.get(path).status()).isEqualTo(404);
    assertThat(alice.put(path, "{'dark':1.0}").text()).isEqualTo("{}");

    assertThat(alice.get(path).text()).isEqualTo("{\"dark\":1.0}");
    String entry = "{\"type\":\"org.example.theme\",\"content\":{\"dark\":1.0}}";
    assertThat(stream(alice)).contains(entry);
    assertThat(alice.get("/initialSync").json().path("account_data").toString())
        .isEqualTo("[" + entry + "]");
  }

  @Test
  void accountData_ofARoom_isThatRoomsOwn() {
    String path = "/user/" + alice.user() + "/rooms/" + id + "/account_data/org.example.draft";
    alice.put(path, "{'text':'hel'}");

    assertThat(alice.get(path).text()).isEqualTo("{\"text\":\"hel\"}");
    assertThat(stream(alice)).contains("org.example.draft", "\"room_id\":\"" + id + "\"");
    assertThat(alice
            .get("/user/" + alice.user() + "/account_data/org.example.draft")
            .status())
        .isEqualTo(404);
    JsonNode shown = alice.get("/initialSync").json().at("/rooms/0/account_data/0");
    assertThat(shown.path("type").asString()).isEqualTo("org.example.draft");
    assertThat(shown.at("/content/text").asString()).isEqualTo("hel");
  }

  @Test
  void accountData_others_neitherSetNorSeeIt() {
    String path = "/user/" + alice.user() + "/account_data/org.example.secret";
    alice.put(path, "{'x':'hidden'}");
    alice.put("/user/" + alice.user() + "/rooms/" + id + "/tags/hidden", "{}");

    for (Reply refused : new Reply[] {
      bob.get(path),
      bob.put(path, "{}"),
      bob.get("/user/" + alice.user() + "/rooms/" + id + "/tags"),
      bob.put("/user/" + alice.user() + "/rooms/" + id + "/tags/x", "{}")
    }) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.errcode()).isEqualTo("M_FORBIDDEN");
    }
    assertThat(stream(bob)).doesNotContain("hidden");
    assertThat(bob.get("/initialSync").text()).doesNotContain("hidden");
    assertThat(bob.get(room(id, "/initialSync")).text()).doesNotContain("hidden");
  }

  @Test
  void tags_putAndDeleted_areAnEntryOfTheRoom() {
    String path = "/_matrix/client/v2_alpha/user/" + alice.user() + "/rooms/" + id + "/tags";
    assertThat(alice.get(path).text()).isEqualTo("{\"tags\":{}}");
    alice.put(path + "/work", "{'order':1}");
    alice.put(path + "/fun", "{}");
    assertThat(alice.get(path).text()).isEqualTo("{\"tags\":{\"work\":{\"order\":1},\"fun\":{}}}");
    alice.send("DELETE", path + "/work", "");

    assertThat(alice.get(path).text()).isEqualTo("{\"tags\":{\"fun\":{}}}");
    assertThat(stream(alice))
        .contains(
            "{\"type\":\"m.tag\",\"room_id\":\"" + id + "\",\"content\":{\"tags\":{\"fun\":{}}}}");
  }

  @Test
  void ignoredUserList_set_silencesThem() {
    alice.put(
        "/user/" + alice.user() + "/account_data/m.ignored_user_list",
        "{'ignored_users':{'" + bob.user() + "':{},'not a user':{}}}");
    bob.post(room(id, "/send/m.room.message"), "{'body':'unheard'}");
    assertThat(stream(alice)).doesNotContain("unheard");
    assertThat(alice.get(room(id, "/messages?limit=10")).text()).doesNotContain("unheard");

    alice.put("/user/" + alice.user() + "/account_data/m.ignored_user_list", "{}");
    assertThat(alice.get(room(id, "/messages?limit=10")).text()).contains("unheard");
  }

  @Test
  void invitePermission_block_hidesInvitesUntilItIsTakenBack() {
    String other = alice.createRoom("{'invite':['" + bob.user() + "']}");
    String config = "/user/" + bob.user() + "/account_data/m.invite_permission_config";
    assertThat(bob.get(SYNC).text()).contains(other);

    bob.put(config, "{'default_action':'block'}");
    assertThat(bob.get(SYNC).text()).doesNotContain(other);

    bob.put(config, "{}");
    assertThat(bob.get(SYNC).text()).contains(other);
  }

  private String stream(Client client) {
    return client.get("/events?timeout=0&from=" + now).text();
  }
}
