package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.V3;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What today's clients ask for before they sync: versions, a session on a device, who they are. */
class SessionsOverHttpTest extends ServerTest {
  private static final String DUMMY = ",'auth':{'type':'m.login.dummy'}}";

  private Client register(String name) {
    return client(nobody.post(
        V3 + "/register", "{'username':'" + name + "','password':'p','device_id':'ONE'" + DUMMY));
  }

  private Client login(String name, String more) {
    return client(nobody.post(
        V3 + "/login",
        "{'type':'m.login.password','identifier':{'type':'m.id.user','user':'" + name
            + "'},'password':'p'" + more + "}"));
  }

  private Client client(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return new Client(
        nobody.base(),
        reply.json().path("user_id").asString(),
        reply.json().path("access_token").asString());
  }

  private static List<String> devices(Client client) {
    return client
        .get(V3 + "/devices")
        .json()
        .path("devices")
        .valueStream()
        .map(device -> device.path("device_id").asString())
        .toList();
  }

  @Test
  void versions_nobodyOrSomebody_areThoseThatAreServed() {
    JsonNode answer = nobody.get("/_matrix/client/versions").json();
    assertThat(answer.path("versions").valueStream().map(JsonNode::asString))
        .contains("r0.6.1", "v1.1", "v1.6")
        .doesNotContain("v1.7");
    assertThat(nobody.register("vera").get("/_matrix/client/versions").json()).isEqualTo(answer);
  }

  @Test
  void wellKnown_anybody_namesTheServersAddress() {
    JsonNode answer = nobody.get("/.well-known/matrix/client").json();
    assertThat(answer.at("/m.homeserver/base_url").asString()).isEqualTo(nobody.base());
    assertThat(nobody.get("/.well-known/matrix/server").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/_matrix/client/v3", "/_matrix/client/r0"})
  void register_withADevice_isThatDevices(String api) {
    String name = "dora" + api.charAt(api.length() - 1) + api.charAt(api.length() - 2);
    Reply reply = nobody.post(
        api + "/register",
        "{'username':'" + name + "','password':'p','device_id':'PHONE',"
            + "'initial_device_display_name':'Her phone'" + DUMMY);
    assertThat(reply.json().path("device_id").asString()).isEqualTo("PHONE");
    Client dora = client(reply);
    JsonNode self = dora.get(api + "/account/whoami").json();
    assertThat(self.path("user_id").asString()).isEqualTo(dora.user());
    assertThat(self.path("device_id").asString()).isEqualTo("PHONE");
    assertThat(self.path("is_guest").asBoolean()).isFalse();
    assertThat(dora.get(api + "/devices/PHONE").json().path("display_name").asString())
        .isEqualTo("Her phone");
  }

  @Test
  void register_withoutLogin_hasNoToken() {
    Reply reply = nobody.post(
        V3 + "/register", "{'username':'ines','password':'p','inhibit_login':true" + DUMMY);
    assertThat(reply.json().propertyNames()).containsExactlyInAnyOrder("user_id", "home_server");
    assertThat(devices(login("ines", ""))).hasSize(1);
  }

  @Test
  void register_available_dependsOnTheName() {
    register("taken");
    String available = V3 + "/register/available?username=";
    assertThat(nobody.get(available + "free").text()).isEqualTo("{\"available\":true}");
    assertThat(nobody.get(available + "taken").errcode()).isEqualTo("M_USER_IN_USE");
    assertThat(nobody.get(available + "a%20b").errcode()).isEqualTo("M_INVALID_USERNAME");
    assertThat(nobody.get(V3 + "/register/available").errcode()).isEqualTo("M_MISSING_PARAM");
  }

  @Test
  void login_onTheSameDevice_endsItsOlderToken() {
    Client first = register("lena");
    Client other = login("lena", "");
    Client again = login("lena", ",'device_id':'ONE'");

    assertThat(first.get(V3 + "/account/whoami").errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    assertThat(other.get(V3 + "/account/whoami").status()).isEqualTo(200);
    assertThat(devices(again)).hasSize(2).contains("ONE");
  }

  @Test
  void logout_oneOrAll_endsSessions() {
    Client one = register("olga");
    Client two = login("olga", "");
    Client three = login("olga", "");

    assertThat(two.post(V3 + "/logout", "").status()).isEqualTo(200);
    assertThat(two.get(V3 + "/account/whoami").status()).isEqualTo(401);
    assertThat(devices(one)).hasSize(2);

    assertThat(three.post(V3 + "/logout/all", "{}").status()).isEqualTo(200);
    assertThat(one.get(V3 + "/account/whoami").errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    assertThat(devices(login("olga", ""))).hasSize(1);
  }

  @Test
  void device_renamedAndDeleted_needsThePassword() {
    Client dina = register("dina");
    login("dina", ",'device_id':'TWO'");
    assertThat(dina.put(V3 + "/devices/TWO", "{'display_name':'second'}").status())
        .isEqualTo(200);
    assertThat(dina.get(V3 + "/devices/TWO").text()).contains("second");

    Reply stages = dina.send("DELETE", V3 + "/devices/TWO", "");
    assertThat(stages.status()).isEqualTo(401);
    assertThat(stages.json().at("/flows/0/stages/0").asString()).isEqualTo("m.login.password");
    String auth = "'auth':{'type':'m.login.password','password':'p'}";
    assertThat(dina.send("DELETE", V3 + "/devices/TWO", "{" + auth + "}").status())
        .isEqualTo(200);
    assertThat(devices(dina)).containsExactly("ONE");
    assertThat(dina.post(V3 + "/delete_devices", "{'devices':['ONE']," + auth + "}")
            .status())
        .isEqualTo(200);
    assertThat(dina.get(V3 + "/devices").status()).isEqualTo(401);
  }

  @Test
  void capabilities_anyUser_haveTheRoomVersions() {
    JsonNode versions =
        register("cora").get(V3 + "/capabilities").json().at("/capabilities/m.room_versions");
    assertThat(versions.path("default").asString()).isEqualTo("10");
    assertThat(versions.path("available").propertyNames()).containsExactly("1", "10");
    assertThat(nobody.get(V3 + "/capabilities").errcode()).isEqualTo("M_MISSING_TOKEN");
  }

  @Test
  void whatIsNotThere_anyUser_isEmpty() {
    Client nina = register("nina");
    assertThat(nina.get(V3 + "/thirdparty/protocols").text()).isEqualTo("{}");
    assertThat(nina.get(V3 + "/voip/turnServer").text()).isEqualTo("{}");
  }
}
