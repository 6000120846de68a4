package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

class PeopleOverHttpTest extends ServerTest {
  private Client alice = nobody;
  private Client bob = nobody;
  private String id = "";
  private String now = "";

  @BeforeEach
  void meet(TestInfo test) {
    String suffix = "." + test.getTestMethod().orElseThrow().getName();
    alice = nobody.register("a" + suffix);
    bob = nobody.register("b" + suffix);
    id = alice.createRoom("{'preset':'public_chat'}");
    bob.post(room(id, "/join"), "");
    alice.get("/events?timeout=0");
    bob.get("/events?timeout=0");
    now = bob.get("/initialSync").json().path("end").asString();
  }

  @Test
  void displayName_change_isAMemberEventAndAPresenceEntry() {
    assertThat(alice
            .put("/profile/" + alice.user() + "/displayname", "{'displayname':'Al'}")
            .status())
        .isEqualTo(200);
    List<JsonNode> chunk = poll();
    assertThat(chunk.get(0).at("/content/displayname").asString()).isEqualTo("Al");
    assertThat(chunk.get(0).path("type").asString()).isEqualTo("m.room.member");
    assertThat(chunk.get(1).path("type").asString()).isEqualTo("m.presence");
    assertThat(chunk.get(1).at("/content/displayname").asString()).isEqualTo("Al");
    assertThat(nobody.get("/profile/" + alice.user()).text()).isEqualTo("{\"displayname\":\"Al\"}");
  }

  @Test
  void displayName_severalAtOnce_allPlacesAgree() {
    String path = "/profile/" + alice.user() + "/displayname";
    List<CompletableFuture<Reply>> changes = IntStream.range(0, 20)
        .mapToObj(i -> ("{\"displayname\":\"n" + i + "\"}").getBytes(StandardCharsets.UTF_8))
        .map(body -> alice.later("PUT", path, body))
        .toList();
    assertThat(changes).allMatch(reply -> reply.join().status() == 200);
    String name = nobody.get(path).json().path("displayname").asString();
    String member = room(id, "/state/m.room.member/" + alice.user());
    String presence = "/presence/" + alice.user() + "/status";
    assertThat(bob.get(member).json().path("displayname").asString()).isEqualTo(name);
    assertThat(bob.get(presence).json().path("displayname").asString()).isEqualTo(name);
  }

  @Test
  void presenceList_unknownUsers_areDroppedButNotInvited() {
    String list = "/presence/list/" + alice.user();
    assertThat(alice.post(list, "{'drop':['@gone:localhost']}").status()).isEqualTo(200);
    assertThat(alice.post(list, "{'invite':['@gone:localhost']}").status()).isEqualTo(404);
    assertThat(bob.get(list).status()).isEqualTo(403);
  }

  @Test
  void profileField_ofTheUsersOwn_isShownUntilItIsRemoved() {
    String profile = Client.V3 + "/profile/" + alice.user();
    alice.put(profile + "/displayname", "{'displayname':'Al'}");

    assertThat(alice.put(profile + "/org.example.a", "{'org.example.a':[1]}").status())
        .isEqualTo(200);
    assertThat(nobody.get(profile + "/org.example.a").text()).isEqualTo("{\"org.example.a\":[1]}");
    assertThat(nobody.get(profile).text())
        .isEqualTo("{\"displayname\":\"Al\",\"org.example.a\":[1]}");
    alice.send("DELETE", profile + "/org.example.a", "");
    alice.send("DELETE", profile + "/displayname", "");
    assertThat(nobody.get(profile + "/org.example.a").errcode()).isEqualTo("M_NOT_FOUND");
    assertThat(nobody.get(profile).text()).isEqualTo("{}");
  }

  @Test
  void profileField_malformedOrOfOthers_isRefused() {
    String profile = Client.V3 + "/profile/" + alice.user();
    String large = "{'a':'" + "x".repeat(64 << 10) + "'}";

    assertThat(alice.put(profile + "/A", "{'A':1}").errcode()).isEqualTo("M_INVALID_PARAM");
    assertThat(alice.put(profile + "/a", "{'b':1}").errcode()).isEqualTo("M_MISSING_PARAM");
    assertThat(alice.put(profile + "/a", large).errcode()).isEqualTo("M_PROFILE_TOO_LARGE");
    assertThat(bob.put(profile + "/a", "{'a':1}").errcode()).isEqualTo("M_FORBIDDEN");
    assertThat(bob.send("DELETE", profile + "/a", "").errcode()).isEqualTo("M_FORBIDDEN");
    assertThat(nobody.get(profile).text()).isEqualTo("{}");
  }

  @Test
  void profile_othersAndUnknown_areRefused() {
    String path = "/profile/" + alice.user() + "/avatar_url";
    assertThat(bob.put(path, "{'avatar_url':'mxc://h/x'}").status()).isEqualTo(403);
    assertThat(nobody.get("/profile/@nobody:localhost/displayname").status()).isEqualTo(404);
  }

  @Test
  void presence_set_isSeenByWhoSharesARoomOnly() {
    String path = "/presence/" + alice.user() + "/status";
    assertThat(alice.put(path, "{'presence':'unavailable','status_msg':'tea'}").status())
        .isEqualTo(200);
    JsonNode told = poll().get(0);
    assertThat(told.at("/content/presence").asString()).isEqualTo("unavailable");
    assertThat(told.at("/content/status_msg").asString()).isEqualTo("tea");
    assertThat(bob.get(path).json().path("status_msg").asString()).isEqualTo("tea");
    Client stranger = nobody.register("stranger");
    assertThat(stranger.get(path).status()).isEqualTo(404);
    String list = "/presence/list/" + stranger.user();
    assertThat(stranger.post(list, "{'invite':['" + alice.user() + "']}").status())
        .isEqualTo(200);
    assertThat(stranger.get(path).status()).isEqualTo(200);
    JsonNode entry = stranger.get(list).json().path(0);
    assertThat(entry.path("type").asString()).isEqualTo("m.presence");
    assertThat(entry.path("accepted").asBoolean())
        .as("as servers of the time said")
        .isTrue();
    for (JsonNode shape : new JsonNode[] {entry, entry.path("content")}) {
      assertThat(shape.path("user_id").asString()).isEqualTo(alice.user());
      assertThat(shape.path("presence").asString()).isEqualTo("unavailable");
      assertThat(shape.path("status_msg").asString()).isEqualTo("tea");
      assertThat(shape.has("last_active_ago")).isTrue();
    }
    stranger.post(list, "{'drop':['" + alice.user() + "']}");
    assertThat(stranger.get(list).text()).isEqualTo("[]");
  }

  @Test
  void presence_setOffline_outlivesPolls() {
    String path = "/presence/" + alice.user() + "/status";
    alice.put(path, "{'presence':'offline'}");
    alice.get("/events?timeout=0");
    assertThat(alice.get(path).json().path("presence").asString()).isEqualTo("offline");
  }

  @Test
  void typing_numbersAndBooleans_startAndStop() {
    String path = room(id, "/typing/" + alice.user());
    for (String[] flags : new String[][] {{"true", "false"}, {"1", "0"}}) {
      alice.put(path, "{'typing':" + flags[0] + ",'timeout':30000}");
      assertThat(poll().get(0).at("/content/user_ids/0").asString()).isEqualTo(alice.user());
      alice.put(path, "{'typing':" + flags[1] + "}");
      assertThat(poll().get(0).at("/content/user_ids").size()).isZero();
    }
    assertThat(bob.put(path, "{'typing':true}").status()).isEqualTo(403);
  }

  @Test
  void typing_whoSendsOrLeaves_stops() {
    alice.put(room(id, "/typing/" + alice.user()), "{'typing':true}");
    alice.post(room(id, "/send/m.room.message"), "{'body':'x'}");
    assertThat(poll().get(1).at("/content/user_ids").size()).isZero();
  }

  @Test
  void receipt_older_doesNotGoBack() {
    String first = send();
    String second = send();
    assertThat(read(second).status()).isEqualTo(200);
    assertThat(read(first).status()).isEqualTo(200);
    JsonNode receipt = poll().get(2);
    assertThat(receipt.path("type").asString()).isEqualTo("m.receipt");
    assertThat(receipt.path("content").propertyNames()).containsExactly(second);
    assertThat(read("$no:localhost").status()).isEqualTo(404);
    assertThat(
            alice.post(room(id, "/receipt/m.seen/" + Client.encode(first)), "").status())
        .isEqualTo(400);
  }

  private String send() {
    return alice
        .post(room(id, "/send/m.room.message"), "{'body':'x'}")
        .json()
        .path("event_id")
        .asString();
  }

  private Reply read(String event) {
    return alice.post(
        "/_matrix/client/v2_alpha" + room(id, "/receipt/m.read/" + Client.encode(event)), "{}");
  }

  /** Returns the events since bob's last poll. */
  private List<JsonNode> poll() {
    JsonNode batch = bob.get("/events?timeout=5000&from=" + now).json();
    now = batch.path("end").asString();
    return StreamSupport.stream(batch.path("chunk").spliterator(), false).toList();
  }
}
