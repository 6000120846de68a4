package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import io.github.matrixsync.homeserver.registration.Registration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests by application services. */
class ServicesOverHttpTest extends ServerTest {
  private static final Registration IRC = Bridges.registration("irc", true, Optional.empty());
  private static final Registration LOG = Bridges.registration("log", false, Optional.empty());
  private static final String STAGES = "/_matrix/client/r0/register";

  private Client irc = nobody;
  private Client alice = nobody;
  private String suffix = "";

  ServicesOverHttpTest() {
    super(IRC, LOG);
  }

  @BeforeEach
  void meet(TestInfo test) {
    suffix = Integer.toHexString(test.getDisplayName().hashCode());
    irc = Bridges.client(nobody.base(), IRC);
    alice = nobody.register("alice." + suffix);
  }

  @Test
  void token_ofAService_isItsSender() {
    String room = irc.createRoom("{'name':'of the bot'}");
    assertThat(irc.get(room(room, "/state/m.room.member/@ircbot:localhost")).text())
        .contains("\"join\"");
    assertThat(irc.get("/profile/@ircbot:localhost").status()).isEqualTo(200);
  }

  @Test
  void userId_ofTheNamespace_isWhomItActsAs() {
    Client ann = Bridges.ghost(irc, "irc_ann." + suffix);
    String room = alice.createRoom("{'preset':'public_chat'}");
    assertThat(ann.post("/join/" + room, "{}").status()).isEqualTo(200);
    assertThat(ann.put("/profile/" + ann.user() + "/displayname", "{'displayname':'Ann'}")
            .status())
        .isEqualTo(200);
    String event = ann.post(room(room, "/send/m.room.message"), "{'body':'hi'}")
        .json()
        .path("event_id")
        .asString();
    assertThat(
            alice.get("/events/" + Client.encode(event)).json().path("user_id").asString())
        .isEqualTo(ann.user());
    assertThat(ann.get("/initialSync").text()).contains(room);
    assertThat(irc.get("/initialSync").text()).doesNotContain(room);
  }

  @Test
  void events_withAndWithoutUserId_areTheGhostsOrTheServices() {
    Client ann = Bridges.ghost(irc, "irc_ann." + suffix);
    Client ben = Bridges.ghost(irc, "irc_ben." + suffix);
    String ofAnn = alice.createRoom("{'preset':'public_chat'}");
    String ofBen = alice.createRoom("{'preset':'public_chat'}");
    ann.post("/join/" + ofAnn, "{}");
    ben.post("/join/" + ofBen, "{}");
    String from = "/events?timeout=30000&from="
        + alice.get("/events?timeout=0").json().path("end").asString();
    alice.post(room(alice.createRoom("{}"), "/send/m.room.message"), "{'body':'elsewhere'}");
    alice.post(room(ofAnn, "/send/m.room.message"), "{'body':'to ann'}");
    alice.post(room(ofBen, "/send/m.room.message"), "{'body':'to ben'}");

    assertThat(ann.get(from).text()).contains("to ann").doesNotContain("to ben", "elsewhere");
    assertThat(irc.get(from).text()).contains("to ann", "to ben").doesNotContain("elsewhere");
    assertThat(Bridges.as(irc, irc.user()).get(from.replace("30000", "0")).text())
        .doesNotContain("to ann");
  }

  @Test
  void userId_thatIsNotTheServicesOrNotThere_isRefusedEverywhere() {
    String unregistered = "@irc_nobody." + suffix + ":localhost";
    for (String user :
        new String[] {alice.user(), unregistered, "@logbot:localhost", "irc_x", ""}) {
      Client masked = Bridges.as(irc, user);
      for (Reply refused : new Reply[] {
        masked.get("/events?timeout=0"),
        masked.get("/initialSync"),
        masked.post("/createRoom", "{}"),
        masked.get("/_matrix/client/r0/events?timeout=0")
      }) {
        assertThat(refused.status()).as(user + " " + refused.text()).isEqualTo(403);
        assertThat(refused.errcode()).isEqualTo("M_FORBIDDEN");
      }
    }
  }

  @Test
  void userId_withAnOrdinaryToken_isIgnored() {
    String room = alice.createRoom("{}");
    Client masked = Bridges.as(alice, "@ircbot:localhost");
    assertThat(masked.get("/initialSync").text()).contains(room);
  }

  @Test
  void transaction_ofTwoGhosts_isTwo() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    Client ann = Bridges.ghost(irc, "irc_ann." + suffix);
    Client ben = Bridges.ghost(irc, "irc_ben." + suffix);
    ann.post("/join/" + room, "{}");
    ben.post("/join/" + room, "{}");
    String path = room(room, "/send/m.room.message/m1");

    String first = ann.put(path, "{'body':'of ann'}").text();
    assertThat(ben.put(path, "{'body':'of ben'}").text()).isNotEqualTo(first);
    assertThat(ann.put(path, "{'body':'of ann'}").text()).isEqualTo(first);
    assertThat(alice.get(room(room, "/messages?limit=5")).text()).contains("of ann", "of ben");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/_matrix/client/v2_alpha/register", STAGES, "/_matrix/client/v3/register"})
  void register_ghostByUsername_needsNoStage(String path) {
    String name = "irc_" + suffix;
    Reply ghost = irc.post(path, "{'auth':{},'username':'" + name + "'}");
    assertThat(ghost.status()).isEqualTo(200);
    assertThat(ghost.json().path("user_id").asString()).isEqualTo("@" + name + ":localhost");
    Client itself =
        new Client(nobody.base(), name, ghost.json().path("access_token").asString());
    assertThat(itself.get("/initialSync").status()).isEqualTo(200);
    assertThat(irc.post(path, "{'username':'" + name + "'}").errcode()).isEqualTo("M_USER_IN_USE");
    assertThat(irc.post(path, "{}").errcode()).isEqualTo("M_MISSING_PARAM");
    irc.post(path, "{'type':'m.login.application_service','username':'" + name + "2'}");
    assertThat(irc.get("/profile/@" + name + "2:localhost").status()).isEqualTo(200);
  }

  @Test
  void register_ghostWithoutTheToken_isRefused() {
    String ghost = "{'type':'m.login.application_service','user':'irc_" + suffix + "'}";
    for (String path : new String[] {"/register", STAGES}) {
      assertThat(nobody.post(path, ghost).errcode()).isEqualTo("M_MISSING_TOKEN");
      assertThat(new Client(nobody.base(), "", "wrong").post(path, ghost).errcode())
          .isEqualTo("M_UNKNOWN_TOKEN");
      assertThat(alice.post(path, ghost).errcode()).isEqualTo("M_FORBIDDEN");
    }
  }

  @Test
  void register_nameOfAnExclusiveNamespace_isForItsServiceOnly() {
    for (String name : new String[] {"irc_" + suffix, "ircbot"}) {
      for (Reply refused : new Reply[] {
        nobody.post(
            "/register", "{'type':'m.login.password','user':'" + name + "','password':'p'}"),
        nobody.post(
            STAGES, "{'username':'" + name + "','password':'p','auth':{'type':'m.login.dummy'}}"),
        Bridges.client(nobody.base(), LOG)
            .post("/register", "{'type':'m.login.application_service','user':'" + name + "'}")
      }) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.errcode()).isEqualTo("M_EXCLUSIVE");
      }
    }
    assertThat(irc.post("/register", "{'type':'m.login.application_service','user':'bob'}")
            .errcode())
        .isEqualTo("M_EXCLUSIVE");
    assertThat(nobody.register("log_" + suffix).user()).isEqualTo("@log_" + suffix + ":localhost");
  }

  @Test
  void login_asAGhost_hasNoPassword() {
    Bridges.ghost(irc, "irc_" + suffix);
    for (String password : new String[] {"", "p"}) {
      Reply refused = nobody.post(
          "/login",
          "{'type':'m.login.password','user':'irc_" + suffix + "','password':'" + password + "'}");
      assertThat(refused.status()).isEqualTo(403);
    }
  }

  /** IRC nicknames have brackets and bars, which user ids of people may not have. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "toto[z]",
        "a\\\\b",
        "a`b",
        "{x}|y^",
        "#chan",
        "A_Capital",
        "100%",
        "a/b",
        "a?b&c=d",
        "@at",
        "\u00e9\u4e2d"
      })
  void ghost_oddName_livesAsAnyOther(String odd) {
    String name = "irc_" + odd + suffix;
    Reply made =
        irc.post("/register", "{'type':'m.login.application_service','user':'" + name + "'}");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    Client ghost = Bridges.as(irc, made.json().path("user_id").asString());
    assertThat(ghost.user()).isEqualTo("@" + name.replace("\\\\", "\\") + ":localhost");
    String room = alice.createRoom("{}");
    String invited = "{'user_id':'" + ghost.user().replace("\\", "\\\\") + "'}";
    assertThat(alice.post(room(room, "/invite"), invited).status()).isEqualTo(200);
    assertThat(ghost.post("/join/" + Client.encode(room), "{}").status()).isEqualTo(200);
    assertThat(ghost
            .put(
                "/profile/" + Client.encode(ghost.user()) + "/displayname", "{'displayname':'Odd'}")
            .status())
        .isEqualTo(200);
    assertThat(ghost.post(room(room, "/send/m.room.message"), "{'body':'hi'}").status())
        .isEqualTo(200);
    assertThat(alice
            .get(room(room, "/messages?dir=b&limit=1"))
            .json()
            .at("/chunk/0/user_id")
            .asString())
        .isEqualTo(ghost.user());
    assertThat(alice
            .get(room(room, "/state/m.room.member/" + Client.encode(ghost.user())))
            .text())
        .contains("Odd");
    assertThat(alice.post(room(room, "/kick"), invited).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a:b", "a\\\\u0000b", "a\\\\nb", "\u00a0"})
  void ghost_nameThatNoUserCanHave_isRefused(String odd) {
    String name = "irc_" + odd.replace("\u00a0", "x".repeat(250));
    Reply refused = irc.post(
        "/register",
        "{'type':'m.login.application_service','user':'" + name.replace("\\\\", "\\") + "'}");
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.errcode()).isEqualTo("M_INVALID_USERNAME");
  }

  @Test
  void person_nameOfAGhostsKind_isRefused() {
    for (String name : new String[] {"toto[z]", "a|b", "~a", "\u00e9"}) {
      Reply refused = nobody.post(
          "/register", "{'type':'m.login.password','user':'" + name + "','password':'p'}");
      assertThat(refused.errcode()).as(name).isEqualTo("M_INVALID_USERNAME");
    }
  }
}
