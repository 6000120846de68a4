package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.json;
import static io.github.matrixsync.world.Host.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.InvalidTokenException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Account data in the stream and in snapshots. */
class AccountDataTest {
  private static final String TAGS = "{\"tags\":{\"work\":{\"order\":1}}}";
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void token_accountDataWithoutReceipts_hasAFourthPartThatIsZero() {
    host.start(host.bare().accountData(host.accountData));
    host.keeps(ALICE, null, "x", "{}");
    host.keeps(ALICE, null, "y", "{}");

    assertThat(host.here()).hasToString("s0_0_0_0_2");
  }

  @Test
  void token_receiptsWithoutAccountData_hasFourParts() {
    host.reads(ROOM, ALICE, "1");
    host.start(host.bare().receipts(host.receipts));

    assertThat(host.here()).hasToString("s0_0_0_1");
    assertThatThrownBy(() -> host.poll(ALICE, StreamToken.parse("s0_0_0_0_0")))
        .isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void token_everyRole_hasFiveParts() {
    host.room(ROOM, ALICE);
    host.reads(ROOM, ALICE, "1");
    host.keeps(ALICE, null, "x", "{}");
    host.keeps(ALICE, null, "y", "{}");

    assertThat(host.here()).hasToString("s3_0_0_1_2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3_0_0", "s3_0_0_0"})
  void stream_tokenFromBeforeThereWasAccountData_getsWhatIsCurrentOnce(String early) {
    host.room(ROOM, ALICE);
    host.keeps(ALICE, null, "x", "{}");

    EventBatch first = host.poll(ALICE, StreamToken.parse(early));

    assertThat(side(first)).containsExactly("{\"type\":\"x\",\"content\":{}}");
    assertThat(side(host.poll(ALICE, first.end()))).isEmpty();
  }

  @Test
  void stream_globalAndOfARoom_haveExactlyTheseShapes() {
    host.room(ROOM, ALICE);
    StreamToken from = host.here();
    host.keeps(ALICE, ROOM, "m.tag", TAGS);
    host.keeps(ALICE, null, "org.example.color", "{\"is\":\"blue\"}");

    assertThat(side(host.poll(ALICE, from)))
        .containsExactly(
            "{\"type\":\"m.tag\",\"room_id\":\"!r:h\",\"content\":" + TAGS + "}",
            "{\"type\":\"org.example.color\",\"content\":{\"is\":\"blue\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ \"a\" : 1.0e+0 }", "{\"a\":1,\"a\":2}", "{\"\\u00e9\":\"\u00e9\"}"})
  void stream_content_passesByteForByte(String content) {
    StreamToken from = host.here();
    host.keeps(ALICE, null, "x", content);

    assertThat(side(host.poll(ALICE, from)))
        .containsExactly("{\"type\":\"x\",\"content\":" + content + "}");
  }

  @Test
  void stream_sameEntryTwice_onlyTheLatest() {
    StreamToken from = host.here();
    host.keeps(ALICE, null, "x", "{\"v\":1}");
    host.keeps(ALICE, ROOM, "x", "{\"v\":2}");
    host.keeps(ALICE, null, "x", "{\"v\":3}");

    assertThat(side(host.poll(ALICE, from)))
        .containsExactly(
            "{\"type\":\"x\",\"room_id\":\"!r:h\",\"content\":{\"v\":2}}",
            "{\"type\":\"x\",\"content\":{\"v\":3}}");
  }

  @Test
  void stream_anotherUsers_isNeverSeen() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    CompletableFuture<EventBatch> bobs = host.park(BOB, from);
    CompletableFuture<EventBatch> alices = host.park(ALICE, from);
    host.keeps(ALICE, ROOM, "m.tag", TAGS);

    assertThat(side(alices.join())).hasSize(1);
    assertThat(bobs).isNotDone();
    assertThat(side(host.poll(BOB, from))).isEmpty();
    assertThat(host.engine().initialSync(BOB, 0).accountData()).contains(List.of());
    assertThat(host.engine().initialSync(BOB, 0).rooms().get(0).accountData()).contains(List.of());
  }

  @Test
  void stream_afterReceiptsOfTheSamePoll_comesLast() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.keeps(ALICE, null, "x", "{}");
    host.reads(ROOM, BOB, "1");
    host.types(ROOM, BOB, Duration.ofSeconds(9));
    host.online(BOB);
    host.message(ROOM, BOB);

    assertThat(host.poll(ALICE, from).chunk())
        .extracting(entry -> entry.type())
        .containsExactly("m.room.message", "m.presence", "m.typing", "m.receipt", "x");
  }

  @Test
  void stream_ofOneRoom_hasThatRoomsOnly() {
    host.room(ROOM, ALICE);
    StreamToken from = host.here();
    CompletableFuture<EventBatch> parked = host.engine().stream(
        ALICE, from, Duration.ofSeconds(30), StreamOptions.DEFAULT.inRoom(ROOM));
    host.keeps(ALICE, null, "x", "{}");
    host.keeps(ALICE, OTHER, "m.tag", TAGS);
    assertThat(parked).isNotDone();
    host.keeps(ALICE, ROOM, "m.tag", TAGS);

    assertThat(side(parked.join()))
        .containsExactly("{\"type\":\"m.tag\",\"room_id\":\"!r:h\",\"content\":" + TAGS + "}");
  }

  @Test
  void initialSync_entries_standAtTheTopAndInTheirRooms() {
    host.room(ROOM, ALICE);
    host.room(OTHER, BOB, ALICE);
    host.leave(OTHER, ALICE);
    RoomId invited = World.room("invited");
    host.room(invited, BOB);
    host.world.append(host.world.member(invited, BOB, ALICE, "invite"));
    host.keeps(ALICE, null, "x", "{}");
    host.keeps(ALICE, ROOM, "m.tag", TAGS);
    host.keeps(ALICE, OTHER, "y", "{}");
    host.keeps(ALICE, invited, "z", "{}");
    host.keeps(ALICE, World.room("elsewhere"), "z", "{}");

    InitialSync sync = host.engine().initialSync(ALICE, 0);

    assertThat(json(sync.accountData().orElseThrow()))
        .containsExactly("{\"type\":\"x\",\"content\":{}}");
    assertThat(json(room(sync, ROOM).orElseThrow()))
        .containsExactly("{\"type\":\"m.tag\",\"content\":" + TAGS + "}");
    assertThat(json(room(sync, OTHER).orElseThrow()))
        .containsExactly("{\"type\":\"y\",\"content\":{}}");
    assertThat(room(sync, invited)).isEmpty();
  }

  @Test
  void initialSync_thenStream_givesWhatChangedSince() {
    host.room(ROOM, ALICE);
    host.keeps(ALICE, null, "x", "{\"v\":1}");
    StreamToken end = host.engine().initialSync(ALICE, 0).end();
    host.keeps(ALICE, null, "y", "{}");

    assertThat(side(host.poll(ALICE, end))).containsExactly("{\"type\":\"y\",\"content\":{}}");
  }

  @Test
  void initialSync_withoutTheRole_hasNone() {
    host.room(ROOM, ALICE);
    InitialSync sync = host.start(host.bare()).initialSync(ALICE, 0);

    assertThat(sync.accountData()).isEmpty();
    assertThat(room(sync, ROOM)).isEmpty();
  }

  @Test
  void roomInitialSync_member_hasTheRoomsEntries() {
    host.room(ROOM, ALICE);
    host.keeps(ALICE, ROOM, "m.tag", TAGS);
    host.keeps(ALICE, null, "x", "{}");

    assertThat(json(
            host.engine().roomInitialSync(ALICE, ROOM, 0).room().accountData().orElseThrow()))
        .containsExactly("{\"type\":\"m.tag\",\"content\":" + TAGS + "}");
  }

  @ParameterizedTest
  @EnumSource
  void stream_everyForm_hasTheSameEntries(EventForm form) {
    StreamToken from = host.here();
    host.keeps(ALICE, null, "x", "{}");

    assertThat(side(host.poll(ALICE, from, StreamOptions.DEFAULT.withForm(form))))
        .containsExactly("{\"type\":\"x\",\"content\":{}}");
  }

  private static Optional<List<io.github.matrixsync.domain.event.ClientEvent>> room(
      InitialSync sync, RoomId room) {
    return sync.rooms().stream()
        .filter(entry -> entry.room().equals(room))
        .findFirst()
        .orElseThrow()
        .accountData();
  }
}
