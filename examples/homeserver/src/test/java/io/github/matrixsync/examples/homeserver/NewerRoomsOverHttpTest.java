package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.V3;
import static io.github.matrixsync.examples.homeserver.Client.encode;
import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rooms as today's clients make and use them. */
class NewerRoomsOverHttpTest extends ServerTest {
  private Client alice = nobody;
  private Client bob = nobody;

  @BeforeAll
  void register() {
    alice = nobody.register("alice");
    bob = nobody.register("bob");
  }

  private String create(String body) {
    Reply reply = alice.post(V3 + "/createRoom", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("room_id").asString();
  }

  private JsonNode state(String id, String type) {
    return alice.get(V3 + room(id, "/state/" + type + "/")).json();
  }

  private static String body(Client subject) {
    return "{'user_id':'" + subject.user() + "'}";
  }

  private String membership(Client subject, String id) {
    return alice
        .get(V3 + room(id, "/state/m.room.member/" + encode(subject.user())))
        .json()
        .path("membership")
        .asString();
  }

  @Test
  void createRoom_plain_isOfTheNewestVersion() {
    String id = create("{'preset':'private_chat','is_direct':true,'invite':['" + bob.user()
        + "'],'power_level_content_override':{'invite':50},'room_alias_name':'plain'}");
    assertThat(state(id, "m.room.create").path("room_version").asString()).isEqualTo("10");
    assertThat(state(id, "m.room.power_levels").path("invite").asInt()).isEqualTo(50);
    assertThat(state(id, "m.room.power_levels").path("ban").asInt()).isEqualTo(50);
    assertThat(state(id, "m.room.guest_access").path("guest_access").asString())
        .isEqualTo("can_join");
    assertThat(state(id, "m.room.canonical_alias").path("alias").asString())
        .isEqualTo("#plain:localhost");
    assertThat(alice.get(V3 + room(id, "/aliases")).text())
        .isEqualTo("{\"aliases\":[\"#plain:localhost\"]}");
    JsonNode invite =
        alice.get(V3 + room(id, "/state/m.room.member/" + encode(bob.user()))).json();
    assertThat(invite.path("is_direct").asBoolean()).isTrue();
  }

  @Test
  void createRoom_oldVersion_isMadeAsThen() {
    String id = create("{'room_version':'1','creation_content':{'room_version':'9'}}");
    assertThat(state(id, "m.room.create").propertyNames()).containsExactly("creator");
    assertThat(state(id, "m.room.guest_access").path("errcode").asString())
        .isEqualTo("M_NOT_FOUND");
  }

  @Test
  void knock_roomThatTakesKnocks_isAnsweredByAnInvite() {
    String id = create("{}");
    assertThat(bob.post(V3 + "/knock/" + encode(id), "{}").errcode()).isEqualTo("M_FORBIDDEN");
    alice.put(V3 + room(id, "/state/m.room.join_rules"), "{'join_rule':'knock'}");

    Reply knock = bob.post(V3 + "/knock/" + encode(id), "{'reason':'please'}");
    assertThat(knock.json().path("room_id").asString()).isEqualTo(id);
    assertThat(membership(bob, id)).isEqualTo("knock");
    assertThat(bob.post(V3 + room(id, "/join"), "{}").status()).isEqualTo(403);

    assertThat(alice.post(V3 + room(id, "/kick"), body(bob)).status()).isEqualTo(200);
    assertThat(membership(bob, id)).isEqualTo("leave");
    bob.post(V3 + "/knock/" + encode(id), "");
    assertThat(bob.post(V3 + room(id, "/leave"), "{}").status()).isEqualTo(200);
    bob.post(V3 + "/knock/" + encode(id), "");
    assertThat(alice.post(V3 + room(id, "/invite"), body(bob)).status()).isEqualTo(200);
    assertThat(bob.post(V3 + "/join/" + encode(id), "{'reason':'thanks'}").status())
        .isEqualTo(200);
    assertThat(bob.post(V3 + "/knock/" + encode(id), "").status()).isEqualTo(403);
    assertThat(bob.get(V3 + "/joined_rooms")
            .json()
            .path("joined_rooms")
            .valueStream()
            .map(JsonNode::asString))
        .contains(id);
  }

  @Test
  void knock_roomOfTheFirstVersion_isRefused() {
    String id = create("{'room_version':'1'}");
    alice.put(V3 + room(id, "/state/m.room.join_rules"), "{'join_rule':'knock'}");
    assertThat(bob.post(V3 + "/knock/" + encode(id), "").errcode()).isEqualTo("M_FORBIDDEN");
  }

  @Test
  void publicRooms_pagesAndSearch_findWhatIsPublished() {
    Client pam = nobody.register("pam");
    List<String> names = List.of("Tea room one", "Tea room two", "Tea room three");
    names.forEach(name -> create("{'visibility':'public','name':'" + name + "'}"));
    String filter = "{'limit':2,'filter':{'generic_search_term':'TEA ROOM'}";
    JsonNode first = pam.post(V3 + "/publicRooms", filter + "}").json();
    assertThat(first.path("chunk").size()).isEqualTo(2);
    assertThat(first.path("total_room_count_estimate").asInt()).isEqualTo(3);
    String since = ",'since':'" + first.path("next_batch").asString() + "'}";
    JsonNode second = pam.post(V3 + "/publicRooms", filter + since).json();
    assertThat(second.path("chunk").size()).isEqualTo(1);
    assertThat(second.has("next_batch")).isFalse();
    assertThat(nobody.get(V3 + "/publicRooms?limit=1").json().path("chunk").size())
        .isEqualTo(1);
  }

  @Test
  void directoryList_published_showsAndHides() {
    String id = create("{}");
    String path = V3 + "/directory/list/room/" + encode(id);
    assertThat(nobody.get(path).json().path("visibility").asString()).isEqualTo("private");
    assertThat(alice.put(path, "{'visibility':'public'}").status()).isEqualTo(200);
    assertThat(nobody.get(path).json().path("visibility").asString()).isEqualTo("public");
    assertThat(nobody.get(V3 + "/publicRooms").text()).contains(id);
    assertThat(bob.put(path, "{'visibility':'private'}").errcode()).isEqualTo("M_FORBIDDEN");
    assertThat(alice.put(path, "{'visibility':'private'}").status()).isEqualTo(200);
    assertThat(nobody.get(V3 + "/publicRooms").text()).doesNotContain(id);
  }

  @Test
  void readMarkers_movedOn_neverMoveBack() {
    String id = create("{}");
    String one = said(id, "1");
    String two = said(id, "2");
    String markers = V3 + room(id, "/read_markers");
    String fullyRead =
        V3 + "/user/" + alice.user() + "/rooms/" + encode(id) + "/account_data/m.fully_read";
    assertThat(alice
            .post(markers, "{'m.fully_read':'" + two + "','m.read':'" + two + "'}")
            .status())
        .isEqualTo(200);
    assertThat(alice
            .post(markers, "{'m.fully_read':'" + one + "','m.read.private':'" + one + "'}")
            .status())
        .isEqualTo(200);
    assertThat(alice.get(fullyRead).json().path("event_id").asString()).isEqualTo(two);
    assertThat(alice.put(fullyRead, "{}").status()).isEqualTo(405);
    assertThat(server.stores.receipts().current(List.of(RoomId.parse(id))).stream()
            .map(receipt -> receipt.type() + " " + receipt.event()))
        .containsExactlyInAnyOrder("m.read " + two, "m.read.private " + one);
  }

  @Test
  void receipt_inAThread_isOneOfItsOwn() {
    String id = create("{}");
    String root = said(id, "root");
    String receipt = V3 + room(id, "/receipt/m.read/" + encode(root));
    assertThat(alice.post(receipt, "").status()).isEqualTo(200);
    assertThat(alice.post(receipt, "{'thread_id':'main'}").status()).isEqualTo(200);
    assertThat(alice.post(receipt, "{'thread_id':'" + root + "'}").status()).isEqualTo(200);
    assertThat(server.stores.receipts().current(List.of(RoomId.parse(id))).stream()
            .map(change -> change.threadId().orElse("")))
        .containsExactlyInAnyOrder("", "main", root);
  }

  private String said(String id, String transaction) {
    return alice
        .put(V3 + room(id, "/send/m.room.message/" + transaction), "{'body':'b'}")
        .json()
        .path("event_id")
        .asString();
  }
}
