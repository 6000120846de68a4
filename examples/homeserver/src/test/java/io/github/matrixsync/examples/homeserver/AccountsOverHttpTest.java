package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import org.junit.jupiter.api.Test;

class AccountsOverHttpTest extends ServerTest {
  private static final String STAGES = "/_matrix/client/v2_alpha/register";

  @Test
  void register_newName_givesATokenThatWorks() {
    Client ann = nobody.register("ann");
    assertThat(ann.user()).isEqualTo("@ann:localhost");
    assertThat(ann.get("/initialSync").status()).isEqualTo(200);
  }

  @Test
  void register_takenName_isRefused() {
    nobody.register("twice");
    Reply again =
        nobody.post("/register", "{'type':'m.login.password','user':'twice','password':'q'}");
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.errcode()).isEqualTo("M_USER_IN_USE");
  }

  @Test
  void login_rightAndWrongPassword_decide() {
    nobody.register("lea");
    String right = "{'type':'m.login.password','user':'lea','password':'p'}";
    Reply reply = nobody.post("/login", right);
    assertThat(reply.json().propertyNames())
        .containsExactlyInAnyOrder("user_id", "access_token", "home_server");
    assertThat(reply.json().path("home_server").asString()).isEqualTo("localhost");
    Reply wrong = nobody.post("/login", right.replace("'p'", "'q'"));
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.errcode()).isEqualTo("M_FORBIDDEN");
  }

  @Test
  void login_get_listsThePassword() {
    assertThat(nobody.get("/login").text())
        .isEqualTo("{\"flows\":[{\"type\":\"m.login.password\"}]}");
  }

  @Test
  void register_inStages_asksForTheDummyStageFirst() {
    Reply first = nobody.post(STAGES, "{'username':'sue','password':'p'}");
    assertThat(first.status()).isEqualTo(401);
    assertThat(first.json().at("/flows/0/stages/0").asString()).isEqualTo("m.login.dummy");
    Reply second = nobody.post(
        STAGES, "{'username':'sue','password':'p','auth':{'type':'m.login.dummy','session':'s'}}");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().path("user_id").asString()).isEqualTo("@sue:localhost");
  }

  @Test
  void pushRules_anyone_areEmptyAndTakeWhatComes() {
    Client pat = nobody.register("pat");
    String none = "{\"override\":[],\"content\":[],\"room\":[],\"sender\":[],\"underride\":[]}";
    assertThat(pat.get("/pushrules/").text()).isEqualTo("{\"global\":" + none + ",\"device\":{}}");
    assertThat(pat.get("/pushrules/global/").text()).isEqualTo(none);
    assertThat(pat.get("/pushrules/device/").text()).isEqualTo("{}");
    assertThat(pat.put("/pushrules/global/override/x", "{}").status()).isEqualTo(200);
    assertThat(nobody.get("/pushrules/").status()).isEqualTo(401);
  }

  @Test
  void token_inTheHeaderOrUnknown_isToldApart() {
    assertThat(nobody.get("/events").errcode()).isEqualTo("M_MISSING_TOKEN");
    assertThat(nobody.get("/events?access_token=no").errcode()).isEqualTo("M_UNKNOWN_TOKEN");
    assertThat(nobody.get("/rooms/x/state").status()).isEqualTo(401);
    assertThat(nobody.post("/join/%23no:localhost", "").errcode()).isEqualTo("M_MISSING_TOKEN");
    assertThat(nobody.post("/join/%23no:localhost?access_token=no", "").errcode())
        .isEqualTo("M_UNKNOWN_TOKEN");
  }

  /** The form of newer clients, beside the older one. */
  @Test
  void login_withAnIdentifier_isThatUsers() {
    nobody.register("ida");
    String login = "{'type':'m.login.password','password':'p','identifier':";
    for (String name : new String[] {"ida", "@ida:localhost", "Ida"}) {
      Reply reply = nobody.post(
          "/_matrix/client/r0/login", login + "{'type':'m.id.user','user':'" + name + "'}}");
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(reply.json().path("user_id").asString()).isEqualTo("@ida:localhost");
    }
    Reply mail = nobody.post(
        "/_matrix/client/r0/login",
        login + "{'type':'m.id.thirdparty','medium':'email','address':'a@b'}}");
    assertThat(mail.status()).isEqualTo(400);
    assertThat(mail.errcode()).isEqualTo("M_UNKNOWN");
    Reply half = nobody.post("/_matrix/client/r0/login", login + "{'type':'m.id.user'}}");
    assertThat(half.errcode()).isEqualTo("M_MISSING_PARAM");
  }

  @Test
  void names_thatDifferInCase_areOne() {
    Client upper = nobody.register("Mia");
    assertThat(upper.user()).isEqualTo("@mia:localhost");
    for (String name : new String[] {"mia", "MIA", "Mia"}) {
      assertThat(nobody
              .post("/register", "{'type':'m.login.password','user':'" + name + "','password':'q'}")
              .errcode())
          .isEqualTo("M_USER_IN_USE");
      assertThat(nobody
              .post("/login", "{'type':'m.login.password','user':'" + name + "','password':'p'}")
              .json()
              .path("user_id")
              .asString())
          .isEqualTo("@mia:localhost");
    }
  }

  @Test
  void login_nameOfAnotherServer_isRefused() {
    Reply other =
        nobody.post("/login", "{'type':'m.login.password','user':'@a:x:localhost','password':'p'}");
    assertThat(other.errcode()).isEqualTo("M_INVALID_USERNAME");
  }
}
