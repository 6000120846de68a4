package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Users who may not set state are refused, also if the content is the same as before. */
class StateWritesOverHttpTest extends ServerTest {
  private Client alice = nobody;
  private Client bob = nobody;
  private Client carol = nobody;
  private String id = "";

  @BeforeEach
  void meet(TestInfo test) {
    String suffix = "." + Integer.toHexString(test.getDisplayName().hashCode());
    alice = nobody.register("alice" + suffix);
    bob = nobody.register("bob" + suffix);
    carol = nobody.register("carol" + suffix);
    id = alice.createRoom("{'name':'N','topic':'T'}");
    alice.post(room(id, "/invite"), about(bob));
    bob.post(room(id, "/join"), "");
  }

  /** Each content is that of the current entry. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      m.room.name               |
      m.room.topic              |
      m.room.create             |
      m.room.power_levels       |
      m.room.join_rules         |
      m.room.history_visibility |
      m.room.member             | ALICE
      """)
  void put_whatStandsByOneWhoMayNot_isRefused(String type, String key) {
    String path = room(id, "/state/" + type + "/" + (key == null ? "" : alice.user()));
    String standing = alice.get(path).text();
    assertThat(standing).startsWith("{");

    for (Client other : new Client[] {bob, carol}) {
      assertThat(other.put(path, standing).status()).as(other.user()).isEqualTo(403);
    }
    assertThat(newest()).isEqualTo("m.room.member");
  }

  @Test
  void put_whatStandsBySomebodyElseWhoMay_isAnEventOfTheirs() {
    alice.put(
        room(id, "/state/m.room.power_levels"),
        "{'users':{'" + alice.user() + "':100},'state_default':0}");
    String path = room(id, "/state/m.room.topic");
    String first = eventId(alice.put(path, "{'topic':'T'}"));

    String bobs = eventId(bob.put(path, "{'topic':'T'}"));

    assertThat(bobs).isNotEqualTo(first);
    assertThat(eventId(bob.put(path, "{ 'topic':'T'}"))).as("said again").isEqualTo(bobs);
  }

  /** Carol ignores alice, so bob's invite is the first that she sees. */
  @Test
  void invite_afterAnothersInvite_reachesOneWhoIgnoresTheFirst() {
    carol.put(
        "/user/" + carol.user() + "/account_data/m.ignored_user_list",
        "{'ignored_users':{'" + alice.user() + "':{}}}");
    String from = carol.get("/events?timeout=0").json().path("end").asString();
    assertThat(alice.post(room(id, "/invite"), about(carol)).status()).isEqualTo(200);

    assertThat(bob.post(room(id, "/invite"), about(carol)).status()).isEqualTo(200);

    JsonNode invite =
        carol.get("/events?timeout=30000&from=" + from).json().path("chunk").path(0);
    assertThat(invite.path("state_key").asString()).isEqualTo(carol.user());
    assertThat(invite.path("user_id").asString()).isEqualTo(bob.user());
  }

  @Test
  void kick_ofOneWhoIsNotThere_isRefusedWhateverTheyWere() {
    String kick = room(id, "/kick");
    assertThat(alice.post(kick, about(carol)).status()).as("never there").isEqualTo(403);
    assertThat(alice.post(kick, about(bob)).status()).isEqualTo(200);
    assertThat(alice.post(kick, about(bob)).status()).as("kicked before").isEqualTo(403);
    alice.post(room(id, "/ban"), about(bob));
    assertThat(alice.post(kick, about(bob)).status()).as("banned").isEqualTo(403);
    assertThat(membership(bob)).as("a kick ends no ban").isEqualTo("ban");
    alice.post(room(id, "/invite"), about(carol));
    assertThat(alice.post(kick, about(carol)).status())
        .as("an invite is withdrawn")
        .isEqualTo(200);
    assertThat(membership(carol)).isEqualTo("leave");
  }

  @Test
  void kickAndUnban_byAnOutsider_tellNothingOfWhoIsThere() {
    for (String request : new String[] {"/kick", "/unban"}) {
      Reply there = carol.post(room(id, request), about(bob));
      Reply elsewhere = carol.post(room(id, request), "{'user_id':'@nobody:localhost'}");
      assertThat(there.status()).isEqualTo(403);
      assertThat(there.text()).isEqualTo(elsewhere.text());
    }
  }

  @Test
  void event_over64KiB_isTooLarge() {
    String most = "x".repeat(65_000);
    String more = "x".repeat(65_537);
    for (String path :
        new String[] {"/send/m.room.message", "/send/m.room.message/1", "/state/x.y"}) {
      assertThat(alice.put(room(id, path), "{'a':'" + most + "'}").status()).isEqualTo(200);
      assertTooLarge(alice.put(room(id, path.replace("/1", "/2")), "{'a':'" + more + "'}"));
    }
    assertTooLarge(alice.put(room(id, "/state/x.y/" + "k".repeat(256)), "{}"));
    assertTooLarge(alice.post(room(id, "/send/" + "t".repeat(256)), "{}"));
    assertTooLarge(
        alice.post(room(id, "/kick"), "{'user_id':'" + bob.user() + "','reason':'" + more + "'}"));
    assertThat(membership(bob)).isEqualTo("join");
    assertTooLarge(alice.post("/createRoom", "{'topic':'" + more + "'}"));
    assertThat(alice.get("/initialSync").json().path("rooms")).hasSize(1);
  }

  @Test
  void profile_longerThanAMemberEventMayBe_isRefused() {
    String profile = "/profile/" + alice.user();
    Reply name = alice.put(profile + "/displayname", "{'displayname':'" + "n".repeat(257) + "'}");
    assertThat(name.errcode()).isEqualTo("M_INVALID_PARAM");
    Reply url = alice.put(profile + "/avatar_url", "{'avatar_url':'" + "u".repeat(1_001) + "'}");
    assertThat(url.errcode()).isEqualTo("M_INVALID_PARAM");
    assertThat(alice.get(profile).text()).isEqualTo("{}");
  }

  private static void assertTooLarge(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(413);
    assertThat(reply.errcode()).isEqualTo("M_TOO_LARGE");
  }

  private static String about(Client subject) {
    return "{'user_id':'" + subject.user() + "'}";
  }

  private String membership(Client subject) {
    String path = room(id, "/state/m.room.member/" + subject.user());
    return alice.get(path).json().path("membership").asString();
  }

  private String newest() {
    return alice
        .get(room(id, "/messages?dir=b&limit=1"))
        .json()
        .at("/chunk/0/type")
        .asString();
  }

  private static String eventId(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("event_id").asString();
  }
}
