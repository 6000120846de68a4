package io.github.matrixsync.examples.homeserver;

import static io.github.matrixsync.examples.homeserver.Client.V3;
import static io.github.matrixsync.examples.homeserver.Client.encode;
import static io.github.matrixsync.examples.homeserver.Client.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.homeserver.Client.Reply;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the sync core answers to today's clients, over HTTP. */
class SyncOverHttpTest extends ServerTest {
  private static JsonNode sync(Client client, String query) {
    Reply reply = client.get(V3 + "/sync?" + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void sync_messageOfAnother_wakesThePoll() {
    Client ann = nobody.register("ann");
    Client ben = nobody.register("ben");
    String id = ann.createRoom("{'preset':'public_chat'}");
    ben.post(V3 + "/join/" + encode(id), "");
    String since = sync(ben, "").path("next_batch").asString();
    String path = V3 + "/sync?timeout=30000&since=" + since;
    CompletableFuture<Reply> poll = ben.later("GET", path, new byte[0]);
    awaitParked(server, 1);

    ann.put(V3 + room(id, "/send/m.room.message/1"), "{'body':'hello'}");

    JsonNode event = poll.join().json().at("/rooms/join/" + id + "/timeline/events/0");
    assertThat(event.at("/content/body").asString()).isEqualTo("hello");
    assertThat(event.at("/unsigned/membership").asString()).isEqualTo("join");
    assertThat(event.at("/unsigned").has("transaction_id")).isFalse();
    assertThat(event.at("/unsigned/age").isIntegralNumber()).isTrue();
  }

  @Test
  void sync_ownMessage_namesTheTransaction() {
    Client cat = nobody.register("cat");
    String id = cat.createRoom("{}");
    cat.put(V3 + room(id, "/send/m.room.message/mine"), "{'body':'hello'}");
    JsonNode events = sync(cat, "").at("/rooms/join/" + id + "/timeline/events");
    assertThat(events.get(events.size() - 1).at("/unsigned/transaction_id").asString())
        .isEqualTo("mine");
  }

  @Test
  void sync_filterById_holds() {
    Client dot = nobody.register("dot");
    String id = dot.createRoom("{}");
    String filter = "{'room':{'timeline':{'limit':1}}}";
    String name = dot.post(V3 + "/user/" + dot.user() + "/filter", filter)
        .json()
        .path("filter_id")
        .asString();
    JsonNode timeline = sync(dot, "filter=" + name).at("/rooms/join/" + id + "/timeline");
    assertThat(timeline.path("events").size()).isEqualTo(1);
    assertThat(timeline.path("limited").asBoolean()).isTrue();
  }

  @Test
  void changes_ofKeys_areThoseSinceTheToken() {
    Client eve = nobody.register("eve");
    Client fay = nobody.register("fay");
    String id = eve.createRoom("{'preset':'public_chat'}");
    String from = sync(eve, "").path("next_batch").asString();
    fay.post(V3 + "/join/" + encode(id), "");
    String changes = V3 + "/keys/changes?from=" + from;
    assertThat(eve.get(changes + "&to=" + from).json().path("changed").toString())
        .contains(fay.user());
    assertThat(eve.get(changes).errcode()).isEqualTo("M_MISSING_PARAM");
    assertThat(eve.get(changes + "&to=x").errcode()).isEqualTo("M_INVALID_PARAM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sync",
        "/joined_rooms",
        "/rooms/!a:b/state",
        "/rooms/!a:b/state/x/y",
        "/rooms/!a:b/members",
        "/rooms/!a:b/joined_members",
        "/rooms/!a:b/event/$e",
        "/rooms/!a:b/context/$e",
        "/user/@a:b/filter/0"
      })
  void get_withoutAToken_isRefused(String path) {
    assertThat(nobody.get(V3 + path).errcode()).isEqualTo("M_MISSING_TOKEN");
    assertThat(nobody.get("/_matrix/client/r0" + path).status()).isEqualTo(401);
  }
}
