package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RoomsOverHttpTest extends ServerTest {
  private Client alice = nobody;
  private Client bob = nobody;

  @BeforeAll
  void register() {
    alice = nobody.register("alice");
    bob = nobody.register("bob");
  }

  @Test
  void createRoom_withEverything_hasItAll() {
    String id = alice.createRoom(
        "{'visibility':'public','room_alias_name':'all','name':'N','topic':'T',"
            + "'invite':['@bob:localhost'],'initial_state':[{'type':'x.y','state_key':'k','content':{'a':1}}]}");
    assertThat(alice.get(room(id, "/state/m.room.name")).text()).isEqualTo("{\"name\":\"N\"}");
    assertThat(alice.get(room(id, "/state/m.room.topic/")).text()).isEqualTo("{\"topic\":\"T\"}");
    assertThat(alice.get(room(id, "/state/x.y/k")).text()).isEqualTo("{\"a\":1}");
    assertThat(membership(alice, id, "@bob:localhost")).isEqualTo("invite");
    assertThat(
            alice.get("/directory/room/%23all:localhost").json().path("room_id").asString())
        .isEqualTo(id);
    assertThat(nobody.get("/publicRooms").text()).contains(id);
  }

  @Test
  void createRoom_givenState_isInPlaceOfThePresetsWithTheSameKey() {
    String rule = "'content':{'join_rule':'public'}}]}";
    String other = alice.createRoom(
        "{'initial_state':[{'type':'m.room.join_rules','state_key':'other'," + rule);
    assertThat(alice.get(room(other, "/state/m.room.join_rules")).text())
        .isEqualTo("{\"join_rule\":\"invite\"}");
    String same = alice.createRoom("{'initial_state':[{'type':'m.room.join_rules'," + rule);
    assertThat(bob.post(room(same, "/join"), "").status()).isEqualTo(200);
  }

  @Test
  void createRoom_aliasTaken_makesNone() {
    alice.createRoom("{'room_alias_name':'taken'}");
    Reply again = alice.post("/createRoom", "{'room_alias_name':'taken'}");
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.errcode()).isEqualTo("M_ROOM_IN_USE");
  }

  @Test
  void createRoom_trustedPreset_givesTheInvitedAllPower() {
    String id = alice.createRoom("{'preset':'trusted_private_chat','invite':['@bob:localhost']}");
    JsonNode levels = alice.get(room(id, "/state/m.room.power_levels")).json();
    assertThat(levels.at("/users/@bob:localhost").asInt()).isEqualTo(100);
  }

  @Test
  void join_byEachSpellingOfTheRoom_works() {
    String id = alice.createRoom("{'preset':'public_chat'}");
    String name = id.substring(1);
    for (String path :
        List.of("!" + name.replace(":", "%3A"), "%21" + name.replace(":", "%3A"), "!" + name)) {
      assertThat(bob.post("/join/" + path, "null").json().path("room_id").asString())
          .isEqualTo(id);
      assertThat(bob.get("/rooms/" + path + "/initialSync").status()).isEqualTo(200);
      assertThat(bob.post("/rooms/" + path + "/leave", "").status()).isEqualTo(200);
    }
  }

  @Test
  void join_notInvitedOrBanned_isForbidden() {
    String id = alice.createRoom("{}");
    assertThat(bob.post(room(id, "/join"), "").errcode()).isEqualTo("M_FORBIDDEN");
    alice.post(room(id, "/ban"), "{'user_id':'@bob:localhost'}");
    assertThat(alice.post(room(id, "/invite"), "{'user_id':'@bob:localhost'}").status())
        .isEqualTo(403);
    alice.post(room(id, "/unban"), "{'user_id':'@bob:localhost'}");
    alice.post(room(id, "/invite"), "{'user_id':'@bob:localhost'}");
    assertThat(bob.post(room(id, "/join"), "").status()).isEqualTo(200);
  }

  @Test
  void putMember_eachMembership_isTheChangeItSays() {
    String id = alice.createRoom("{}");
    String bobs = room(id, "/state/m.room.member/@bob:localhost");
    assertThat(bob.put(bobs, "{'membership':'join'}").status()).isEqualTo(403);
    assertThat(alice.put(bobs, "{'membership':'join'}").status()).isEqualTo(403);
    assertThat(alice.put(bobs, "{'membership':'invite'}").status()).isEqualTo(200);
    assertThat(bob.put(bobs, "{'membership':'join'}").status()).isEqualTo(200);
    assertThat(bob.put(bobs, "{'membership':'sleeping'}").errcode()).isEqualTo("M_BAD_JSON");
    assertThat(alice.put(bobs, "{'membership':'leave'}").status()).isEqualTo(200);
    assertThat(membership(alice, id, "@bob:localhost")).isEqualTo("leave");
  }

  @Test
  void putState_sameContent_returnsTheOldEvent() {
    String id = alice.createRoom("{}");
    String first = eventId(alice.put(room(id, "/state/m.room.topic"), "{'topic':'a'}"));
    String again = eventId(alice.put(room(id, "/state/m.room.topic"), "{ 'topic' : 'a' }"));
    String other = eventId(alice.put(room(id, "/state/m.room.topic"), "{'topic':'b'}"));
    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void send_content_comesBackByteForByte() {
    String id = alice.createRoom("{}");
    String content =
        "{\"a\": 1e400,\"b\":1.0, \"c\":-0,\"d\":1,\"d\":2,\"\\ud800\":\"\\udfff\",\"e\":\"\\u00e9\"}";
    byte[] body = content.getBytes(StandardCharsets.UTF_8);
    String event = eventId(alice.later("POST", room(id, "/send/x.y"), body).join());
    assertThat(alice.get("/events/" + Client.encode(event)).text())
        .contains("\"content\":" + content);
  }

  @Test
  void send_bodyThatClosesItsObject_addsNothing() {
    String id = alice.createRoom("{}");
    Reply reply = alice.post(room(id, "/send/x.y"), "{},'sender':'@bob:localhost','z':{}");
    assertThat(reply.errcode()).isEqualTo("M_NOT_JSON");
  }

  @Test
  void send_sameTransaction_sendsOnceEvenAtTheSameTime() {
    String id = alice.createRoom("{}");
    byte[] body = "{\"body\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    List<CompletableFuture<Reply>> sent = IntStream.range(0, 20)
        .mapToObj(i -> alice.later("PUT", room(id, "/send/m.room.message/t1"), body))
        .toList();
    assertThat(sent.stream().map(CompletableFuture::join).map(this::eventId).distinct())
        .hasSize(1);
    alice.put(room(id, "/send/m.room.message/t2"), "{'body':'x'}");
    JsonNode chunk = alice.get(room(id, "/messages?dir=b&limit=100")).json().path("chunk");
    assertThat(StreamSupport.stream(chunk.spliterator(), false)
            .filter(event -> event.path("type").asString().equals("m.room.message")))
        .hasSize(2);
  }

  @Test
  void send_byEitherMethod_isOnceWithATransactionOnly() {
    String id = alice.createRoom("{}");
    String type = room(id, "/send/m.room.message");
    assertThat(eventId(alice.put(type, "{}"))).isNotEqualTo(eventId(alice.put(type, "{}")));
    String once = eventId(alice.post(type + "/t1", "{}"));
    assertThat(eventId(alice.post(type + "/t1", "{}"))).isEqualTo(once).startsWith("$");
    assertThat(eventId(alice.put(type + "/t1", "{}"))).isEqualTo(once);
    String redact = room(id, "/redact/" + Client.encode(once));
    assertThat(eventId(alice.put(redact, "{}"))).isNotEqualTo(eventId(alice.post(redact, "{}")));
    assertThat(eventId(alice.post(redact + "/t1", "{}")))
        .isEqualTo(eventId(alice.put(redact + "/t1", "{}")));
  }

  @Test
  void send_sameTransactionOfAnotherToken_sendsAgain() {
    String id = alice.createRoom("{}");
    String path = room(id, "/send/m.room.message/t1");
    Reply login =
        nobody.post("/login", "{'type':'m.login.password','user':'alice','password':'p'}");
    Client elsewhere =
        new Client(alice.base(), alice.user(), login.json().path("access_token").asString());
    assertThat(eventId(elsewhere.put(path, "{}"))).isNotEqualTo(eventId(alice.put(path, "{}")));
  }

  @Test
  void send_transactionWasRefused_isTriedAgain() {
    String id = alice.createRoom("{'preset':'public_chat'}");
    String path = room(id, "/send/m.room.message/t1");
    assertThat(bob.put(path, "{}").status()).isEqualTo(403);
    bob.post(room(id, "/join"), "");
    assertThat(bob.put(path, "{}").status()).isEqualTo(200);
  }

  @Test
  void redact_ownAndOthers_byLevel() {
    String id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
    String alices = eventId(alice.post(room(id, "/send/m.room.message"), "{'body':'a'}"));
    String bobs = eventId(bob.post(room(id, "/send/m.room.message"), "{'body':'b'}"));
    assertThat(bob.post(room(id, "/redact/" + Client.encode(alices)), "{}").status())
        .isEqualTo(403);
    assertThat(bob.put(room(id, "/redact/" + Client.encode(bobs) + "/1"), "{}").status())
        .isEqualTo(200);
    assertThat(
            alice.get("/events/" + Client.encode(bobs)).json().path("content").size())
        .isZero();
    assertThat(alice.post(room(id, "/redact/$no:localhost"), "{}").status()).isEqualTo(404);
  }

  @Test
  void redact_asAnOrdinaryEvent_isRefused() {
    String id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
    String alices = eventId(alice.post(room(id, "/send/m.room.message"), "{'body':'a'}"));
    String redaction = "{'redacts':'" + alices + "'}";
    assertThat(bob.post(room(id, "/send/m.room.redaction"), redaction).status()).isEqualTo(403);
    assertThat(alice.put(room(id, "/state/m.room.redaction"), redaction).status())
        .isEqualTo(403);
    String initial = "{'initial_state':[{'type':'m.room.redaction','content':" + redaction + "}]}";
    assertThat(alice.post("/createRoom", initial).status()).isEqualTo(403);
    assertThat(alice.get("/events/" + Client.encode(alices)).text()).contains("\"body\":\"a\"");
  }

  @Test
  void redact_name_takesItFromThePublicList() {
    String id = alice.createRoom("{'visibility':'public'}");
    String name = eventId(alice.put(room(id, "/state/m.room.name"), "{'name':'secret'}"));
    assertThat(nobody.get("/publicRooms").text()).contains("secret");
    alice.post(room(id, "/redact/" + Client.encode(name)), "{}");
    assertThat(nobody.get("/publicRooms").text()).doesNotContain("secret").contains(id);
  }

  @Test
  void state_afterLeaving_isThatOfTheLeave() {
    String id = alice.createRoom("{'preset':'public_chat','topic':'old'}");
    bob.post(room(id, "/join"), "");
    bob.post(room(id, "/leave"), "");
    alice.put(room(id, "/state/m.room.topic"), "{'topic':'new'}");
    assertThat(bob.get(room(id, "/state/m.room.topic")).text()).isEqualTo("{\"topic\":\"old\"}");
    assertThat(membership(bob, id, "@bob:localhost")).isEqualTo("leave");
    assertThat(nobody.register("never").get(room(id, "/state")).errcode()).isEqualTo("M_FORBIDDEN");
  }

  @Test
  void forget_onlyOutside_andUntilInvitedAgain() {
    String id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
    assertThat(bob.post(room(id, "/forget"), "").status()).isEqualTo(400);
    bob.post(room(id, "/leave"), "");
    assertThat(bob.post(room(id, "/forget"), "").status()).isEqualTo(200);
    assertThat(bob.get("/initialSync").text()).doesNotContain(id);
    alice.post(room(id, "/invite"), "{'user_id':'@bob:localhost'}");
    assertThat(bob.get("/initialSync").text()).contains(id);
  }

  @Test
  void newerClients_theirPrefix_getTheirForm() {
    String id = alice.createRoom("{'topic':'t'}");
    String r0 = "/_matrix/client/r0";
    eventId(alice.send("PUT", r0 + room(id, "/send/m.room.message/1"), "{'body':'b'}"));
    JsonNode event = alice.get(r0 + room(id, "/messages?dir=b&limit=1")).json().at("/chunk/0");
    assertThat(event.path("sender").asString()).isEqualTo(alice.user());
    assertThat(event.path("unsigned").path("age").isIntegralNumber()).isTrue();
    assertThat(event.path("user_id").asString()).isEqualTo(alice.user());
    assertThat(event.has("age")).isFalse();
    assertThat(alice.get(r0 + room(id, "/state")).text()).contains("\"sender\"");
    assertThat(alice.get(r0 + "/initialSync").text()).contains("\"sender\"");
    assertThat(alice.get("/initialSync").text()).doesNotContain("\"sender\"");
  }

  private static String membership(Client viewer, String room, String user) {
    return viewer
        .get(room(room, "/state/m.room.member/" + user))
        .json()
        .path("membership")
        .asString();
  }

  private String eventId(Reply reply) {
    return reply.json().path("event_id").asString();
  }
}
