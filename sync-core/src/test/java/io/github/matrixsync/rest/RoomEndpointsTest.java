package io.github.matrixsync.rest;

import static io.github.matrixsync.rest.TestEdge.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.room.ContextOptions;
import io.github.matrixsync.call.room.EventContext;
import io.github.matrixsync.call.room.JoinedMember;
import io.github.matrixsync.call.room.MembersOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonEvents;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the requests for parts of one room ask of the engine, what is refused, and their bodies. */
class RoomEndpointsTest {
  private static final RoomId ROOM = RoomId.parse("!r:h");
  private static final EventId ID = EventId.parse("$e:h");
  private static final StreamToken S = StreamToken.of(5, 2, 1);
  private static final HistoryToken T = HistoryToken.parse("t4-3_2_1");
  private static final ClientEvent EVENT = JsonEvents.encode(
          JsonEvents.stored(JsonEvents.parse(JsonEvents.message("{\"body\":\"hi\"}", ""))))
      .at(JsonEvents.NOW);

  private static final DeviceId PHONE = DeviceId.parse("PHONE");

  private final TestEdge edge = new TestEdge();

  private MessagesOptions askedMessages() {
    return edge.engine.only(FakeEngine.Messages.class).options();
  }

  @Test
  void messages_inTheFormOfR0_areAskedWithAFilter() {
    edge.getR0(
        "/rooms/!r:h/messages",
        "dir",
        "f",
        "from",
        "s5_2_1",
        "to",
        "t4-3_2_1",
        "limit",
        "7",
        "filter",
        "{\"types\":[]}");

    assertThat(askedMessages())
        .isEqualTo(MessagesOptions.forward(7)
            .withFrom(S)
            .withTo(T)
            .withForm(EventForm.R0)
            .withFilter(RoomEventFilter.parse("{\"types\":[]}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}"})
  void messages_inTheFormOfR0WithoutRestriction_areAskedByTheRulesOfV3(String filter) {
    edge.getR0("/rooms/!r:h/messages", "dir", "b", "filter", filter);

    assertThat(askedMessages().filter()).contains(RoomEventFilter.ALL);
    assertThat(askedMessages().limit()).hasValue(10);
    assertThat(askedMessages().direction()).isEqualTo(Direction.BACKWARD);
  }

  @Test
  void messages_inTheFormOfR0WithoutADirection_areRefused() {
    Reply reply = edge.getR0("/rooms/!r:h/messages");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_INVALID_PARAM");
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void messages_inTheFormOfV1_areAskedWithoutAFilter() {
    edge.get("/rooms/!r:h/messages", "filter", "not JSON");

    assertThat(askedMessages().filter()).isEmpty();
  }

  @Test
  void messages_bodyOfR0_leavesOutTheEndOfTheLast() {
    edge.engine.answerWith(
        CompletableFuture.completedFuture(new MessagePage(List.of(EVENT), S, T, false, List.of())));
    assertThat(edge.getR0("/rooms/!r:h/messages", "dir", "b").body())
        .containsOnlyKeys("chunk", "start", "end")
        .containsEntry("start", "s5_2_1")
        .containsEntry("end", "t4-3_2_1");

    edge.engine.answerWith(CompletableFuture.completedFuture(
        new MessagePage(List.of(EVENT), S, T, true, List.of(EVENT))));
    assertThat(edge.getR0("/rooms/!r:h/messages", "dir", "b").body())
        .containsOnlyKeys("chunk", "start", "state")
        .hasEntrySatisfying("state", state -> assertThat((List<?>) state).hasSize(1));
  }

  @Test
  void messages_bodyOfV1_alwaysHasAnEnd() {
    edge.engine.answerWith(CompletableFuture.completedFuture(
        new MessagePage(List.of(EVENT), S, T, true, List.of(EVENT))));

    assertThat(edge.get("/rooms/!r:h/messages").body()).containsOnlyKeys("chunk", "start", "end");
  }

  @Test
  void context_parameters_areAsked() {
    Reply reply = edge.getR0(
        "/rooms/!r:h/context/$e:h", "limit", "3", "filter", "{\"lazy_load_members\":true}");

    assertThat(edge.engine.only(FakeEngine.Context.class))
        .isEqualTo(new FakeEngine.Context(
            ALICE,
            ROOM,
            ID,
            ContextOptions.DEFAULT
                .withLimit(3)
                .withFilter(RoomEventFilter.parse("{\"lazy_load_members\":true}"))));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errcode()).isEqualTo("M_NOT_FOUND");
  }

  @Test
  void reads_byADevice_passTheDeviceOn() {
    ofPhone("/rooms/!r:h/messages");
    ofPhone("/rooms/!r:h/context/$e:h");
    ofPhone("/rooms/!r:h/event/$e:h");

    List<Record> asked = edge.engine.asked;
    assertThat(((FakeEngine.Messages) asked.get(0)).options().device()).contains(PHONE);
    assertThat(((FakeEngine.Context) asked.get(1)).options().device()).contains(PHONE);
    assertThat(((FakeEngine.RoomEventRead) asked.get(2)).device()).contains(PHONE);
  }

  private void ofPhone(String path) {
    Map<String, List<String>> query = Map.of("dir", List.of("b"));
    RestRequest request = new RestRequest(path, query, ALICE, EventForm.R0).withDevice(PHONE);
    edge.edge.get(request).orElseThrow().join();
  }

  @Test
  void context_body_hasAllThatThereIs() {
    edge.engine.answerWith(CompletableFuture.completedFuture(Optional.of(
        new EventContext(EVENT, List.of(EVENT, EVENT), List.of(), T, T, List.of(EVENT)))));

    Reply reply = edge.getR0("/rooms/!r:h/context/$e:h");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .containsOnlyKeys("start", "end", "event", "events_before", "events_after", "state")
        .containsEntry("start", "t4-3_2_1")
        .containsEntry("events_after", List.of());
    assertThat((List<?>) reply.body().get("events_before")).hasSize(2);
  }

  @Test
  void event_ofARoom_isAskedAndShown() {
    assertThat(edge.getR0("/rooms/!r:h/event/$e:h").status()).isEqualTo(404);
    assertThat(edge.engine.only(FakeEngine.RoomEventRead.class))
        .isEqualTo(new FakeEngine.RoomEventRead(ALICE, ROOM, ID, EventForm.R0, Optional.empty()));

    edge.engine.answerWith(CompletableFuture.completedFuture(Optional.of(EVENT)));
    assertThat(edge.getR0("/rooms/!r:h/event/$e:h").body()).containsEntry("event_id", "$e:h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "context"})
  void requests_withWhatIsNoEventId_areNotFound(String kind) {
    assertThat(edge.getR0("/rooms/!r:h/" + kind + "/x").status()).isEqualTo(404);
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void state_body_isAList() throws IOException {
    edge.engine.answerWith(CompletableFuture.completedFuture(List.of(EVENT)));
    RestRequest request =
        new RestRequest("/rooms/!r:h/state", Map.of(), ALICE, EventForm.R0_WITH_USER_ID);
    RestResponse response = edge.edge.get(request).orElseThrow().join();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    response.writeTo(out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[" + EVENT.json() + "]");
    assertThat(edge.engine.only(FakeEngine.State.class))
        .isEqualTo(new FakeEngine.State(ALICE, ROOM, EventForm.R0_WITH_USER_ID));
  }

  @ParameterizedTest
  @CsvSource({
    "m.room.topic, m.room.topic, ''",
    "m.room.topic/, m.room.topic, ''",
    "a%2Fb/c%2Fd, a/b, c/d",
    "m.room.member/@bob:h, m.room.member, @bob:h",
    "%E2%82%AC/+, €, +"
  })
  void stateEntry_path_namesTypeAndKey(String path, String type, String key) {
    Reply reply = edge.getR0("/rooms/!r:h/state/" + path);

    assertThat(edge.engine.only(FakeEngine.Entry.class))
        .isEqualTo(new FakeEngine.Entry(ALICE, ROOM, type, key, EventForm.R0));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errcode()).isEqualTo("M_NOT_FOUND");
  }

  @Test
  void stateEntry_format_decidesTheBody() {
    edge.engine.answerWith(CompletableFuture.completedFuture(Optional.of(EVENT)));

    assertThat(edge.getR0("/rooms/!r:h/state/t").body()).isEqualTo(Map.of("body", "hi"));
    assertThat(edge.getR0("/rooms/!r:h/state/t", "format", "content").body())
        .isEqualTo(Map.of("body", "hi"));
    assertThat(edge.getR0("/rooms/!r:h/state/t", "format", "event").body())
        .containsKeys("event_id", "content");
  }

  @Test
  void members_parameters_areAsked() {
    Reply reply = edge.getR0(
        "/rooms/!r:h/members", "at", "t4-3_2_1", "membership", "join", "not_membership", "leave");

    assertThat(edge.engine.only(FakeEngine.Members.class).options())
        .isEqualTo(
            MembersOptions.DEFAULT.withAt(T).withMemberships(Membership.JOIN, Membership.LEAVE));
    assertThat(reply.body()).isEqualTo(Map.of("chunk", List.of()));
  }

  @Test
  void members_withoutParameters_areTheDefault() {
    edge.getR0("/rooms/!r:h/members", "at", "");

    assertThat(edge.engine.only(FakeEngine.Members.class))
        .isEqualTo(new FakeEngine.Members(ALICE, ROOM, MembersOptions.DEFAULT));
  }

  @Test
  void joinedMembers_body_leavesOutWhatIsNotSet() {
    edge.engine.answerWith(CompletableFuture.completedFuture(List.of(
        new JoinedMember(ALICE, Optional.of("A"), Optional.of("mxc://h/a")),
        new JoinedMember(UserId.parse("@b:h"), Optional.empty(), Optional.empty()))));

    assertThat(edge.getR0("/rooms/!r:h/joined_members").body())
        .isEqualTo(Map.of(
            "joined",
            Map.of(
                "@alice:h",
                Map.of("display_name", "A", "avatar_url", "mxc://h/a"),
                "@b:h",
                Map.of())));
  }

  @Test
  void joinedRooms_body_isAList() {
    edge.engine.answerWith(CompletableFuture.completedFuture(Set.of(ROOM)));

    assertThat(edge.getR0("/joined_rooms").body())
        .isEqualTo(Map.of("joined_rooms", List.of("!r:h")));
    assertThat(edge.engine.only(FakeEngine.JoinedRooms.class).user()).isEqualTo(ALICE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/rooms/!r:h/messages|filter|{|400|M_NOT_JSON",
        "/rooms/!r:h/messages|filter|types|400|M_NOT_JSON",
        "/rooms/!r:h/messages|filter|[]|400|M_INVALID_PARAM",
        "/rooms/!r:h/messages|filter|{\"types\":1}|400|M_INVALID_PARAM",
        "/rooms/!r:h/messages|filter|{\"limit\":1.5}|400|M_INVALID_PARAM",
        "/rooms/!r:h/messages|filter|{\"contains_url\":\"true\"}|400|M_INVALID_PARAM",
        "/rooms/!r:h/messages|filter|{\"lazy_load_members\":1}|400|M_INVALID_PARAM",
        "/rooms/!r:h/messages|dir|x|400|M_INVALID_PARAM",
        "/rooms/!r:h/messages|limit|-1|400|M_INVALID_PARAM",
        "/rooms/!r:h/messages|from|x|400|M_UNKNOWN",
        "/rooms/!r:h/messages|to|s1|400|M_UNKNOWN",
        "/rooms/r/messages|dir|b|400|M_INVALID_PARAM",
        "/rooms/!r:h/context/$e:h|limit|1.5|400|M_INVALID_PARAM",
        "/rooms/!r:h/context/$e:h|filter|{\"senders\":[\"a\"]}|400|M_INVALID_PARAM",
        "/rooms/!r:h/context/$e:h|filter|{]|400|M_NOT_JSON",
        "/rooms/r/context/$e:h|x|x|400|M_INVALID_PARAM",
        "/rooms/!r:h/context/%zz|x|x|400|M_UNKNOWN",
        "/rooms/r/event/$e:h|x|x|400|M_INVALID_PARAM",
        "/rooms/r/state|x|x|400|M_INVALID_PARAM",
        "/rooms/!r:h/state/t|format|Event|400|M_INVALID_PARAM",
        "/rooms/!r:h/state/t|format|``|400|M_INVALID_PARAM",
        "/rooms/!r:h/state/%FF/x|x|x|400|M_UNKNOWN",
        "/rooms/!r:h/members|at|x|400|M_UNKNOWN",
        "/rooms/!r:h/members|membership|joined|400|M_INVALID_PARAM",
        "/rooms/!r:h/members|not_membership|``|400|M_INVALID_PARAM",
        "/rooms/r/members|x|x|400|M_INVALID_PARAM",
        "/rooms/r/joined_members|x|x|400|M_INVALID_PARAM"
      })
  void requests_withAWrongParameter_areRefused(
      String path, String name, String value, int status, String errcode) {
    boolean needsDir = path.endsWith("/messages") && !name.equals("dir");
    String[] query = {name, value == null ? "" : value, "dir", "b"};
    Reply reply = edge.getR0(path, needsDir ? query : Arrays.copyOf(query, 2));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.errcode()).isEqualTo(errcode);
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void messages_filterThatIsTooLarge_is413() {
    Reply reply =
        edge.getR0("/rooms/!r:h/messages", "dir", "b", "filter", "{" + " ".repeat(70_000) + "}");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.errcode()).isEqualTo("M_TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit", "filter", "dir"})
  void requests_withAParameterTwice_areRefused(String name) {
    String dir = name.equals("dir") ? "x" : "dir";
    assertThat(
            edge.getR0("/rooms/!r:h/messages", dir, "b", name, "1", name, "1").errcode())
        .isEqualTo("M_INVALID_PARAM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/rooms/!r:h/context/$e:h",
        "/rooms/!r:h/event/$e:h",
        "/rooms/!r:h/state",
        "/rooms/!r:h/state/t",
        "/rooms/!r:h/state/t/k",
        "/rooms/!r:h/members",
        "/rooms/!r:h/joined_members",
        "/joined_rooms",
        "/user/@alice:h/filter/x"
      })
  void requests_inTheFormOfV1_areNoneOfTheEdge(String path) {
    assertThat(edge.knows(path)).isFalse();
    assertThat(edge.edge.get(new RestRequest(path, Map.of(), ALICE, EventForm.R0)))
        .isPresent();
  }
}
