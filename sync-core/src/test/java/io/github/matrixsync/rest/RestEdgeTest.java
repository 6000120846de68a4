package io.github.matrixsync.rest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The edge with a real engine. */
class RestEdgeTest {
  private final TestRoom room = new TestRoom();
  private final SyncEngine engine = SyncEngine.builder(room.store).build();
  private final RestEdge edge = RestEdge.of(engine);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void events_withoutFrom_areNone() {
    assertThat(get("/events", "timeout", "0").body())
        .isEqualTo(Map.of("start", "s2_0_0", "end", "s2_0_0", "chunk", List.of()));
  }

  @Test
  void events_afterAMessage_haveIt() {
    room.say("$m");

    Reply reply = get("/events", "from", "s002_0_0");

    assertThat(reply.body()).containsEntry("start", "s2_0_0").containsEntry("end", "s3_0_0");
    assertThat(JsonTree.objects(reply.body(), "chunk"))
        .extracting(event -> event.get("event_id"))
        .containsExactly("$m");
  }

  @Test
  void events_messageWhileParked_haveIt() {
    CompletableFuture<RestResponse> answer = begin(TestRoom.ALICE, "/events", "from", "s2_0_0");

    room.say("$m");

    assertThat(JsonTree.objects(reply(answer).body(), "chunk")).hasSize(1);
  }

  @Test
  void events_cancelledWhileParked_leaveNoPoll() {
    CompletableFuture<RestResponse> answer = begin(TestRoom.ALICE, "/events");
    assertThat(engine.parked()).isEqualTo(1);

    answer.thenApply(RestResponse::status).cancel(true);

    assertThat(engine.parked()).isZero();
  }

  @Test
  void events_moreTokenPartsThanTheEngineHas_are400() {
    Reply reply = get("/events", "from", "s2_0_0_0");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
    assertThat(reply.error()).contains("part");
  }

  @Test
  void events_tokenAhead_are400() {
    assertThat(get("/events", "from", "s9223372036854775807_9_0").status()).isEqualTo(400);
  }

  @Test
  void events_ofARoomOfOthers_are403() {
    Reply reply = reply(begin(TestRoom.BOB, "/events", "room_id", "!r:h", "timeout", "0"));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.errcode()).isEqualTo("M_FORBIDDEN");
  }

  @Test
  void initialSync_ofAMember_hasTheRoom() {
    Reply reply = get("/initialSync", "limit", "1");

    assertThat(reply.body()).containsOnlyKeys("end", "presence", "rooms");
    Map<String, ?> listed = JsonTree.objects(reply.body(), "rooms").get(0);
    assertThat(listed).containsOnlyKeys("membership", "messages", "room_id", "state", "visibility");
  }

  @Test
  void roomInitialSync_ofAMember_leadsToMessages() {
    room.say("$m");
    Reply snapshot = get("/rooms/%21r%3Ah/initialSync", "limit", "1");
    String start = String.valueOf(JsonTree.object(snapshot.body(), "messages").get("start"));

    Reply page = get("/rooms/!r:h/messages", "from", start);

    assertThat(JsonTree.objects(page.body(), "chunk"))
        .extracting(event -> event.get("event_id"))
        .containsExactly("$join", "$create");
  }

  @Test
  void messages_noneAskedFor_areNone() {
    assertThat(get("/rooms/!r:h/messages", "limit", "0").body()).containsEntry("chunk", List.of());
  }

  @Test
  void rooms_ofOthersAndUnknown_are403() {
    for (String path : List.of("/rooms/!r:h/", "/rooms/!unknown:h/")) {
      assertThat(reply(begin(TestRoom.BOB, path + "initialSync")).status()).isEqualTo(403);
      assertThat(reply(begin(TestRoom.BOB, path + "messages")).status()).isEqualTo(403);
    }
  }

  @Test
  void event_ofAMember_isFound() {
    room.say("$m/1");

    assertThat(get("/events/$m%2F1").body())
        .containsOnlyKeys("type", "event_id", "room_id", "user_id", "origin_server_ts", "content");
  }

  @Test
  void get_requestForTheFormOfR0_showsEveryRoomEventInIt() {
    room.say("$m");
    Map<String, List<String>> past = Map.of("from", List.of("s0_0_0"), "timeout", List.of("0"));
    Reply batch = inR0("/events", past);
    Reply event = inR0("/events/$m", Map.of());
    Reply page = inR0("/rooms/!r:h/messages", Map.of("dir", List.of("b")));
    Reply snapshot = inR0("/initialSync", Map.of());
    Reply one = inR0("/rooms/!r:h/initialSync", Map.of());

    List<Map<String, @Nullable Object>> shown = new ArrayList<>(List.of(event.body()));
    shown.addAll(JsonTree.objects(batch.body(), "chunk"));
    shown.addAll(JsonTree.objects(page.body(), "chunk"));
    for (Map<String, @Nullable Object> listed :
        List.of(one.body(), JsonTree.objects(snapshot.body(), "rooms").get(0))) {
      shown.addAll(JsonTree.objects(listed, "state"));
      shown.addAll(JsonTree.objects(JsonTree.object(listed, "messages"), "chunk"));
    }

    assertThat(shown)
        .hasSize(1 + 3 + 3 + 2 * (2 + 3))
        .allSatisfy(entry -> assertThat(entry)
            .containsEntry("sender", "@alice:h")
            .containsKey("unsigned")
            .doesNotContainKey("user_id"));
  }

  private Reply inR0(String path, Map<String, List<String>> query) {
    return reply(
        edge.get(new RestRequest(path, query, TestRoom.ALICE, EventForm.R0)).orElseThrow());
  }

  @Test
  void event_ofAnotherRoom_isAsUnknown() {
    Reply forbidden = reply(begin(TestRoom.BOB, "/events/$join"));

    assertThat(forbidden.status()).isEqualTo(404);
    assertThat(forbidden).isEqualTo(get("/events/$unknown"));
  }

  @Test
  void events_ofAService_areOfItsRooms() {
    room.say("$m");
    Map<String, List<String>> query = Map.of("from", List.of("s2_0_0"));

    Reply ofService =
        reply(edge.get(new RestRequest("/events", query, TestRoom.BOB).withService(ofRooms("!r")))
            .orElseThrow());
    Reply ofSender = get(TestRoom.BOB, "/events", "from", "s2_0_0", "timeout", "0");

    assertThat(JsonTree.objects(ofService.body(), "chunk")).hasSize(1);
    assertThat(JsonTree.objects(ofSender.body(), "chunk")).isEmpty();
  }

  @Test
  void events_ofAServiceWhileParked_areWoken() {
    CompletableFuture<RestResponse> answer = edge.get(
            new RestRequest("/events", Map.of(), TestRoom.BOB).withService(ofRooms("!r")))
        .orElseThrow();
    assertThat(answer).isNotDone();

    room.say("$m");

    assertThat(JsonTree.objects(reply(answer).body(), "chunk")).hasSize(1);
  }

  @Test
  void otherCalls_ofAService_areAnsweredAsToItsSender() {
    assertThat(ofService("/events/$join", Map.of()).status()).isEqualTo(404);
    assertThat(ofService("/rooms/!r:h/initialSync", Map.of()).status()).isEqualTo(403);
    assertThat(ofService("/rooms/!r:h/messages", Map.of()).status()).isEqualTo(403);
    assertThat(ofService("/events", Map.of("room_id", List.of("!r:h"))).status())
        .isEqualTo(403);
    assertThat(JsonTree.objects(ofService("/initialSync", Map.of()).body(), "rooms"))
        .isEmpty();
  }

  private Reply ofService(String path, Map<String, List<String>> query) {
    return reply(edge.get(new RestRequest(path, query, TestRoom.BOB).withService(ofRooms("!r")))
        .orElseThrow());
  }

  private static ServiceNamespaces ofRooms(String pattern) {
    return ServiceNamespaces.of(List.of(), List.of(Pattern.compile(pattern)), List.of());
  }

  private Reply get(UserId user, String path, String... query) {
    return reply(begin(user, path, query));
  }

  private Reply get(String path, String... query) {
    return reply(begin(TestRoom.ALICE, path, query));
  }

  private CompletableFuture<RestResponse> begin(UserId user, String path, String... query) {
    Map<String, List<String>> parameters = switch (query.length) {
      case 0 -> Map.of();
      case 2 -> Map.of(query[0], List.of(query[1]));
      default -> Map.of(query[0], List.of(query[1]), query[2], List.of(query[3]));
    };
    return edge.get(new RestRequest(path, parameters, user)).orElseThrow();
  }

  private static Reply reply(CompletableFuture<RestResponse> answer) {
    return Reply.of(answer.orTimeout(10, SECONDS).join());
  }
}
