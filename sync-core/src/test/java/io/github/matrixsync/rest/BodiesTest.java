package io.github.matrixsync.rest;

import static io.github.matrixsync.rest.Examples.NOW;
import static io.github.matrixsync.rest.Examples.bobsPresence;
import static io.github.matrixsync.rest.Examples.bobsReceipt;
import static io.github.matrixsync.rest.Examples.example;
import static io.github.matrixsync.rest.Examples.message;
import static io.github.matrixsync.rest.Examples.roomEvent;
import static io.github.matrixsync.rest.Examples.roomEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bodies of answers, key by key. */
class BodiesTest {
  private static final StreamToken T = StreamToken.of(5, 2, 1);
  private static final MessagePage EMPTY_PAGE = new MessagePage(List.of(), T, T);

  @Test
  void events_ofTheExample_areTheExample() {
    Map<String, @Nullable Object> example = example("events");
    EventBatch batch = new EventBatch(
        StreamToken.parse("s3456_9_0"),
        StreamToken.parse("s3457_9_0"),
        roomEvents(JsonTree.objects(example, "chunk")));

    Reply reply = Reply.of(Bodies.events(batch));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(example);
    assertSameOrder(reply.body(), example);
  }

  @Test
  void events_none_areAnEmptyChunk() {
    Reply reply = Reply.of(Bodies.events(new EventBatch(T, T, List.of())));

    assertThat(reply.body())
        .isEqualTo(Map.of("start", "s5_2_1", "end", "s5_2_1", "chunk", List.of()));
  }

  @Test
  void events_roomEventPresenceAndReceipt_keepTheirOrder() {
    EventBatch batch = new EventBatch(T, T, List.of(message("$1"), bobsPresence(), bobsReceipt()));

    assertThat(JsonTree.objects(Reply.of(Bodies.events(batch)).body(), "chunk"))
        .extracting(event -> event.get("type"))
        .containsExactly("m.room.message", "m.presence", "m.receipt");
  }

  @Test
  void event_ofTheExample_isTheExampleWithItsTime() {
    Map<String, @Nullable Object> example = example("event");
    Map<String, @Nullable Object> stored = new LinkedHashMap<>(example);
    stored.put("origin_server_ts", 1_432_804_485_886L);

    Reply reply = Reply.of(Bodies.event(roomEvent(stored)));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(stored);
  }

  @Test
  void initialSync_ofTheExample_isTheExample() {
    Map<String, @Nullable Object> example = example("initial_sync");
    Map<String, @Nullable Object> room = JsonTree.objects(example, "rooms").get(0);
    Map<String, @Nullable Object> messages = JsonTree.object(room, "messages");
    MessagePage page = new MessagePage(
        roomEvents(JsonTree.objects(messages, "chunk")),
        PaginationToken.parse("t44-3453_9_0"),
        PaginationToken.parse("s3456_9_0"));
    RoomSnapshot snapshot = new RoomSnapshot(
        RoomId.parse("!TmaZBKYIFrIPVGoUYp:localhost"),
        Optional.of(Membership.JOIN),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(page),
        roomEvents(JsonTree.objects(room, "state")),
        Optional.empty());

    Reply reply = Reply.of(Bodies.initialSync(new InitialSync(
        StreamToken.parse("s3456_9_0"),
        List.of(snapshot),
        List.of(bobsPresence()),
        Optional.empty(),
        Optional.empty())));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(example);
    assertSameOrder(reply.body(), example);
    Map<String, @Nullable Object> actual =
        JsonTree.objects(reply.body(), "rooms").get(0);
    assertSameOrder(actual, room);
    assertSameOrder(JsonTree.object(actual, "messages"), messages);
  }

  @Test
  void initialSync_withoutRooms_hasEmptyLists() {
    Reply reply = Reply.of(Bodies.initialSync(
        new InitialSync(T, List.of(), List.of(), Optional.empty(), Optional.empty())));

    assertThat(reply.body())
        .isEqualTo(Map.of("end", "s5_2_1", "rooms", List.of(), "presence", List.of()));
  }

  @Test
  void initialSync_withReceipts_hasThemEvenIfThereAreNone() {
    assertThat(initialSync(Optional.of(List.of())).body()).containsEntry("receipts", List.of());
    assertThat(
            JsonTree.objects(initialSync(Optional.of(List.of(bobsReceipt()))).body(), "receipts"))
        .hasSize(1);
  }

  @Test
  void initialSync_withAccountData_hasItAtTheTopAndInTheRoom() {
    ClientEvent tags = EphemeralEvents.accountDataInPlace(new AccountDataChange(
            1,
            UserId.parse("@a:h"),
            Optional.of(RoomId.parse("!r:h")),
            "m.tag",
            RawJson.of("{\"tags\":{\"work\":{\"order\":1}}}")))
        .at(NOW);
    RoomSnapshot room = new RoomSnapshot(
        RoomId.parse("!r:h"),
        Optional.of(Membership.JOIN),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(EMPTY_PAGE),
        List.of(),
        Optional.of(List.of(tags)));

    Reply reply = Reply.of(Bodies.initialSync(
        new InitialSync(T, List.of(room), List.of(), Optional.empty(), Optional.of(List.of()))));

    assertThat(reply.body()).containsEntry("account_data", List.of());
    Map<String, @Nullable Object> entry = JsonTree.objects(
            JsonTree.objects(reply.body(), "rooms").get(0), "account_data")
        .get(0);
    assertThat(entry).containsOnlyKeys("type", "content").containsEntry("type", "m.tag");
    Reply one =
        Reply.of(Bodies.roomInitialSync(new RoomInitialSync(room, List.of(), Optional.empty())));
    assertThat(JsonTree.objects(one.body(), "account_data")).containsExactly(entry);
  }

  @Test
  void room_joinedWithoutMessages_hasEmptyChunkAndState() {
    Map<String, @Nullable Object> room =
        room(Membership.JOIN, true, Optional.of(EMPTY_PAGE), List.of(message("$state")));

    assertThat(room)
        .containsOnlyKeys("membership", "messages", "room_id", "state", "visibility")
        .containsEntry("membership", "join")
        .containsEntry("visibility", "public")
        .containsEntry("room_id", "!r:h")
        .containsEntry("messages", Map.of("chunk", List.of(), "start", "s5_2_1", "end", "s5_2_1"));
    assertThat(JsonTree.objects(room, "state")).hasSize(1);
  }

  @Test
  void room_invited_hasInviterAndInviteOnly() {
    RoomSnapshot snapshot = new RoomSnapshot(
        RoomId.parse("!r:h"),
        Optional.of(Membership.INVITE),
        false,
        Optional.of(UserId.parse("@bob:h")),
        Optional.of(message("$invite")),
        Optional.empty(),
        List.of(),
        Optional.empty());

    Map<String, @Nullable Object> room = room(snapshot);

    assertThat(room)
        .containsOnlyKeys("invite", "inviter", "membership", "room_id", "visibility")
        .containsEntry("inviter", "@bob:h")
        .containsEntry("membership", "invite")
        .containsEntry("visibility", "private");
    assertThat(JsonTree.object(room, "invite")).containsEntry("event_id", "$invite");
  }

  @ParameterizedTest
  @EnumSource(names = {"LEAVE", "BAN"})
  void room_leftAfterAJoin_hasMessagesAndState(Membership membership) {
    assertThat(room(membership, false, Optional.of(EMPTY_PAGE), List.of()))
        .containsOnlyKeys("membership", "messages", "room_id", "state", "visibility")
        .containsEntry("membership", membership.value());
  }

  @ParameterizedTest
  @EnumSource(names = {"LEAVE", "BAN"})
  void room_leftWithoutAJoin_hasNeitherMessagesNorState(Membership membership) {
    assertThat(room(membership, false, Optional.empty(), List.of()))
        .containsOnlyKeys("membership", "room_id", "visibility");
  }

  @Test
  void initialSync_manyRooms_isTheSameAsAllRoomsOneByOne() {
    List<RoomSnapshot> rooms = IntStream.range(0, 100)
        .mapToObj(i -> snapshot(
            Optional.of(Membership.JOIN),
            i % 2 == 0,
            Optional.of(new MessagePage(List.of(message("$" + i)), T, T)),
            List.of(message("$s" + i), message("$t" + i))))
        .toList();

    Reply reply = Reply.of(Bodies.initialSync(
        new InitialSync(T, rooms, List.of(), Optional.empty(), Optional.empty())));

    assertThat(JsonTree.objects(reply.body(), "rooms"))
        .isEqualTo(rooms.stream().map(BodiesTest::room).toList());
  }

  @Test
  void roomInitialSync_ofAMember_hasAllKeys() {
    Reply reply =
        roomInitialSync(Optional.of(Membership.JOIN), Optional.of(List.of(bobsReceipt())));

    assertThat(reply.body().keySet())
        .containsExactly(
            "membership", "messages", "presence", "receipts", "room_id", "state", "visibility");
    assertThat(JsonTree.object(reply.body(), "messages")).containsOnlyKeys("chunk", "start", "end");
  }

  @Test
  void roomInitialSync_ofOneWhoPeeks_hasNoMembership() {
    assertThat(roomInitialSync(Optional.empty(), Optional.of(List.of())).body())
        .containsOnlyKeys("messages", "presence", "receipts", "room_id", "state", "visibility")
        .containsEntry("presence", List.of())
        .containsEntry("receipts", List.of());
  }

  @Test
  void roomInitialSync_ofAnEngineWithoutReceipts_hasNoReceipts() {
    assertThat(roomInitialSync(Optional.of(Membership.LEAVE), Optional.empty()).body())
        .containsOnlyKeys("membership", "messages", "presence", "room_id", "state", "visibility");
  }

  @Test
  void messages_page_hasChunkStartAndEnd() {
    MessagePage page = new MessagePage(
        List.of(message("$2"), message("$1")), T, PaginationToken.parse("t4--8_0_0"));

    Reply reply = Reply.of(Bodies.messages(page));

    assertThat(reply.body())
        .containsOnlyKeys("chunk", "start", "end")
        .containsEntry("start", "s5_2_1")
        .containsEntry("end", "t4--8_0_0");
    assertThat(JsonTree.objects(reply.body(), "chunk"))
        .extracting(event -> event.get("event_id"))
        .containsExactly("$2", "$1");
  }

  @Test
  void text_anyIdentifier_isEscaped() {
    RoomSnapshot snapshot = new RoomSnapshot(
        RoomId.parse("!\"\\\u00e9\ud83d\ude00:h"),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());

    assertThat(room(snapshot)).containsEntry("room_id", "!\"\\\u00e9\ud83d\ude00:h");
  }

  @Test
  void writeTo_streamThatFails_throwsWhatItThrew() {
    IOException gone = new IOException("gone");
    OutputStream failing = new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        throw gone;
      }
    };
    RestResponse response = Bodies.events(new EventBatch(T, T, List.of(message("$1"))));

    assertThatThrownBy(() -> response.writeTo(failing)).isSameAs(gone);
    assertThat(Reply.of(response)).isEqualTo(Reply.of(response));
  }

  @Test
  void toString_anyAnswer_doesNotShowContent() {
    assertThat(Bodies.event(message("$1")).toString()).doesNotContain("body", "alice");
  }

  private static Reply initialSync(Optional<List<ClientEvent>> receipts) {
    return Reply.of(
        Bodies.initialSync(new InitialSync(T, List.of(), List.of(), receipts, Optional.empty())));
  }

  private static Reply roomInitialSync(
      Optional<Membership> membership, Optional<List<ClientEvent>> receipts) {
    RoomSnapshot snapshot = snapshot(membership, false, Optional.of(EMPTY_PAGE), List.of());
    return Reply.of(Bodies.roomInitialSync(new RoomInitialSync(snapshot, List.of(), receipts)));
  }

  private static Map<String, @Nullable Object> room(
      Membership membership,
      boolean published,
      Optional<MessagePage> messages,
      List<ClientEvent> state) {
    return room(snapshot(Optional.of(membership), published, messages, state));
  }

  private static Map<String, @Nullable Object> room(RoomSnapshot room) {
    InitialSync snapshot =
        new InitialSync(T, List.of(room), List.of(), Optional.empty(), Optional.empty());
    return JsonTree.objects(Reply.of(Bodies.initialSync(snapshot)).body(), "rooms")
        .get(0);
  }

  private static RoomSnapshot snapshot(
      Optional<Membership> membership,
      boolean published,
      Optional<MessagePage> messages,
      List<ClientEvent> state) {
    return new RoomSnapshot(
        RoomId.parse("!r:h"),
        membership,
        published,
        Optional.empty(),
        Optional.empty(),
        messages,
        state,
        Optional.empty());
  }

  private static void assertSameOrder(
      Map<String, @Nullable Object> actual, Map<String, @Nullable Object> example) {
    assertThat(actual.keySet()).containsExactlyElementsOf(example.keySet());
  }
}
