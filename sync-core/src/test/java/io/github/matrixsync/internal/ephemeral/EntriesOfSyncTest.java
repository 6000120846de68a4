package io.github.matrixsync.internal.ephemeral;

import static io.github.matrixsync.internal.ephemeral.SyncSide.data;
import static io.github.matrixsync.internal.ephemeral.SyncSide.ephemeral;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Typing, receipts, account data and presence of {@code /sync}. */
class EntriesOfSyncTest {
  private static final Duration WHILE = Duration.ofSeconds(30);
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();
  private SyncSide side = new SyncSide(host);

  @BeforeEach
  void rooms() {
    host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    side.close();
    host.close();
  }

  private SyncEntries first(UserId user) {
    return side.first(user, FilterSpec.ALL);
  }

  private SyncEntries first(UserId user, String filter) {
    return side.first(user, FilterSpec.parse(filter));
  }

  private void reads(UserId user, String type, Optional<String> thread, String event) {
    host.receipts.set(new ReceiptChange(
        0, ROOM, user, type, thread, EventId.parse("$" + event + ":h"), Instant.ofEpochMilli(7)));
  }

  private static String typing(UserId... users) {
    return Host.typing(ROOM, users).replace("\"room_id\":\"!r:h\",", "");
  }

  private static String receipt(UserId user, String event) {
    return Host.receipt(ROOM, user, event).replace("\"room_id\":\"!r:h\",", "");
  }

  private static String present(UserId user, String state) {
    return "{\"type\":\"m.presence\",\"sender\":\"" + user + "\",\"content\":{\"presence\":\""
        + state + "\"}}";
  }

  /** SyTest 31sync/11, "Typing events appear in initial sync"; Complement, no {@code room_id} inside of the room. */
  @Test
  void typing_firstAnswer_hasRoomsInWhichSomebodyTypes() {
    host.room(OTHER, ALICE, BOB);
    host.types(ROOM, BOB, WHILE);
    host.types(OTHER, BOB, WHILE);
    host.typing.stop(OTHER, BOB);

    assertThat(ephemeral(first(ALICE), ROOM)).containsExactly(typing(BOB));
    assertThat(first(ALICE).ephemeral()).containsOnlyKeys(ROOM);
  }

  @Test
  void typing_stopped_isAnEmptyListOnce() {
    host.types(ROOM, BOB, WHILE);
    StreamToken since = side.here();
    host.typing.stop(ROOM, BOB);

    assertThat(ephemeral(side.since(ALICE, since), ROOM)).containsExactly(typing());
    assertThat(side.since(ALICE, side.here())).isEqualTo(SyncEntries.NONE);
  }

  @Test
  void typing_userWhoIsNotJoined_getsNone() {
    StreamToken since = side.here();
    host.leave(ROOM, BOB);
    host.types(ROOM, ALICE, WHILE);

    assertThat(side.since(BOB, since).ephemeral()).isEmpty();
    assertThat(side.since(CAROL, since).ephemeral()).isEmpty();
  }

  @Test
  void typing_newlyJoinedRoom_isSent() {
    host.types(ROOM, BOB, WHILE);
    StreamToken since = side.here();
    host.join(ROOM, CAROL);

    assertThat(ephemeral(side.since(CAROL, since), ROOM)).containsExactly(typing(BOB));
  }

  /** <a href="https://github.com/matrix-org/synapse/issues/4127">synapse #4127</a>. */
  @Test
  void typing_storeRestartedAtAHigherPosition_currentListsComeOnce() {
    host.room(OTHER, ALICE, BOB);
    host.types(OTHER, BOB, WHILE);
    StreamToken since = side.here();
    MemoryTypingStore restarted = MemoryTypingStore.startingAt(100);
    restarted.start(ROOM, BOB, host.now().plus(WHILE));
    side.close();
    side = new SyncSide(host, restarted);

    SyncEntries entries = side.since(ALICE, since);

    assertThat(ephemeral(entries, ROOM)).containsExactly(typing(BOB));
    assertThat(ephemeral(entries, OTHER)).containsExactly(typing());
    assertThat(side.since(ALICE, side.here())).isEqualTo(SyncEntries.NONE);
  }

  @Test
  void receipts_increment_hasOnlyWhatChanged() {
    host.reads(ROOM, ALICE, "1");
    StreamToken since = side.here();
    host.reads(ROOM, BOB, "2");

    assertThat(ephemeral(side.since(ALICE, since), ROOM)).containsExactly(receipt(BOB, "2"));
  }

  /** <a href="https://github.com/matrix-org/dendrite/issues/1627">dendrite #1627</a>. */
  @Test
  void receipts_nothingNew_areNotSentAgain() {
    host.reads(ROOM, BOB, "2");

    assertThat(side.since(ALICE, side.here()).ephemeral()).isEmpty();
  }

  @Test
  void receipts_firstAnswer_hasTheNewestOfTheRoomAndOnesOwn() {
    host.reads(ROOM, ALICE, "e");
    for (int i = 0; i < 4; i++) {
      host.reads(ROOM, World.user("u" + i), "e");
    }

    assertThat(ephemeral(first(ALICE), ROOM))
        .containsExactly(
            "{\"type\":\"m.receipt\",\"content\":{\"$e:h\":{\"m.read\":{"
                + "\"@a:h\":{\"ts\":7},\"@u1:h\":{\"ts\":7},\"@u2:h\":{\"ts\":7},\"@u3:h\":{\"ts\":7}}}}}");
  }

  @Test
  void receipts_newlyJoinedRoom_haveAllOfTheRoom() {
    host.reads(ROOM, ALICE, "1");
    StreamToken since = side.here();
    host.join(ROOM, CAROL);

    assertThat(ephemeral(side.since(CAROL, since), ROOM)).containsExactly(receipt(ALICE, "1"));
  }

  @Test
  void receipts_private_areSentToTheirUserAlone() {
    StreamToken since = side.here();
    reads(BOB, "m.read.private", Optional.empty(), "1");
    String shown = receipt(BOB, "1").replace("m.read", "m.read.private");

    assertThat(side.since(ALICE, since).ephemeral()).isEmpty();
    assertThat(first(ALICE).ephemeral()).isEmpty();
    assertThat(ephemeral(side.since(BOB, since), ROOM)).containsExactly(shown);
    assertThat(ephemeral(first(BOB), ROOM)).containsExactly(shown);
  }

  @Test
  void receipts_ofIgnoredUsers_areSent() {
    host.settings.setIgnored(ALICE, Set.of(BOB));
    StreamToken since = side.here();
    reads(BOB, "m.read", Optional.empty(), "1");

    assertThat(ephemeral(side.since(ALICE, since), ROOM)).containsExactly(receipt(BOB, "1"));
    assertThat(ephemeral(first(ALICE), ROOM)).containsExactly(receipt(BOB, "1"));
  }

  /** MSC4102, Complement {@code TestThreadReceiptsInSyncMSC4102}: both have one place in the JSON. */
  @Test
  void receipts_forAllThreadsThenForOneOnTheSameEvent_theOneForAllIsSent() {
    StreamToken since = side.here();
    reads(BOB, "m.read", Optional.empty(), "1");
    reads(BOB, "m.read", Optional.of("$t:h"), "1");

    assertThat(ephemeral(side.since(ALICE, since), ROOM)).containsExactly(receipt(BOB, "1"));
  }

  @Test
  void receipts_forOneThreadInALaterAnswer_comeToo() {
    reads(BOB, "m.read", Optional.empty(), "1");
    StreamToken since = side.here();
    reads(BOB, "m.read", Optional.of("$t:h"), "1");

    assertThat(ephemeral(side.since(ALICE, since), ROOM))
        .containsExactly(receipt(BOB, "1").replace("\"ts\":7", "\"ts\":7,\"thread_id\":\"$t:h\""));
  }

  /** <a href="https://github.com/element-hq/synapse/issues/17247">synapse #17247</a>. */
  @Test
  void receipts_forAllThreadsBehindOneForAThread_areSent() {
    reads(BOB, "m.read", Optional.of("$t:h"), "9");
    StreamToken since = side.here();
    reads(BOB, "m.read", Optional.empty(), "1");

    assertThat(ephemeral(side.since(ALICE, since), ROOM)).containsExactly(receipt(BOB, "1"));
  }

  @Test
  void receipts_ofTwoThreads_areBothSent() {
    StreamToken since = side.here();
    reads(BOB, "m.read", Optional.of("$t:h"), "1");
    reads(BOB, "m.read", Optional.of("main"), "2");

    assertThat(ephemeral(side.since(ALICE, since), ROOM))
        .singleElement()
        .satisfies(entry ->
            assertThat(entry).contains("\"thread_id\":\"$t:h\"", "\"thread_id\":\"main\""));
  }

  @Test
  void accountData_increment_hasOnlyWhatChangedLast() {
    host.keeps(ALICE, null, "m.direct", "{}");
    StreamToken since = side.here();
    host.keeps(ALICE, null, "m.push_rules", "{\"v\":1}");
    host.keeps(ALICE, null, "m.push_rules", "{\"v\":2}");
    host.keeps(ALICE, ROOM, "m.tag", "{\"tags\":{}}");
    host.keeps(BOB, null, "m.direct", "{}");

    SyncEntries entries = side.since(ALICE, since);

    assertThat(json(entries.accountData()))
        .containsExactly("{\"type\":\"m.push_rules\",\"content\":{\"v\":2}}");
    assertThat(data(entries, ROOM))
        .containsExactly("{\"type\":\"m.tag\",\"content\":{\"tags\":{}}}");
  }

  @Test
  void accountData_firstAnswer_hasAll() {
    host.keeps(ALICE, null, "m.direct", "{}");
    host.keeps(ALICE, ROOM, "m.fully_read", "{}");

    assertThat(json(first(ALICE).accountData()))
        .containsExactly("{\"type\":\"m.direct\",\"content\":{}}");
    assertThat(data(first(ALICE), ROOM))
        .containsExactly("{\"type\":\"m.fully_read\",\"content\":{}}");
  }

  @Test
  void accountData_newlyJoinedRoom_hasAllOfTheRoom() {
    host.keeps(CAROL, ROOM, "m.tag", "{}");
    host.keeps(CAROL, OTHER, "m.tag", "{}");
    StreamToken since = side.here();
    host.join(ROOM, CAROL);
    host.keeps(CAROL, ROOM, "m.fully_read", "{}");
    host.keeps(CAROL, null, "m.direct", "{}");

    SyncEntries entries = side.since(CAROL, since);

    assertThat(data(entries, ROOM))
        .containsExactlyInAnyOrder(
            "{\"type\":\"m.tag\",\"content\":{}}", "{\"type\":\"m.fully_read\",\"content\":{}}");
    assertThat(entries.ofRooms()).containsOnlyKeys(ROOM);
    assertThat(entries.accountData()).hasSize(1);
  }

  @Test
  void presence_firstAnswer_hasWhoIsThereAndOneself() {
    host.room(OTHER, CAROL);
    host.online(ALICE);
    host.presence(BOB, PresenceState.UNAVAILABLE);
    host.online(CAROL);

    assertThat(json(first(ALICE).presence()))
        .containsExactly(present(ALICE, "online"), present(BOB, "unavailable"));
  }

  @Test
  void presence_offlineInAFirstAnswer_isLeftOut() {
    host.presence(BOB, PresenceState.OFFLINE);

    assertThat(first(ALICE).presence()).isEmpty();
  }

  @Test
  void presence_goesOffline_isSent() {
    host.online(BOB);
    StreamToken since = side.here();
    host.presence(BOB, PresenceState.OFFLINE);

    assertThat(json(side.since(ALICE, since).presence())).containsExactly(present(BOB, "offline"));
  }

  /** Complement: newly joined members' presence, and the next answer has none. */
  @Test
  void presence_join_isSentToBothSidesOnce() {
    host.online(ALICE);
    host.online(CAROL);
    StreamToken since = side.here();
    host.join(ROOM, CAROL);

    assertThat(json(side.since(ALICE, since).presence())).containsExactly(present(CAROL, "online"));
    assertThat(json(side.since(CAROL, since).presence())).containsExactly(present(ALICE, "online"));
    assertThat(side.since(ALICE, side.here()).presence()).isEmpty();
  }

  /** A client keeps the last presence that it got of a user, even while they share no room. */
  @Test
  void presence_wentOfflineWhileNoRoomWasShared_isSentWithTheJoin() {
    host.online(ALICE);
    host.join(ROOM, CAROL);
    host.online(CAROL);
    host.leave(ROOM, CAROL);
    host.presence(CAROL, PresenceState.OFFLINE);
    host.presence(ALICE, PresenceState.OFFLINE);
    StreamToken since = side.here();
    host.join(ROOM, CAROL);

    assertThat(json(side.since(ALICE, since).presence()))
        .containsExactly(present(CAROL, "offline"));
    assertThat(json(side.since(CAROL, since).presence()))
        .containsExactly(present(ALICE, "offline"));
  }

  /** The bound is three. */
  @Test
  void presence_moreMembersThanTheBoundOnAJoin_onlineOnesComeFirst() {
    for (int i = 0; i < 4; i++) {
      UserId user = World.user("m" + i);
      host.join(ROOM, user);
      host.presence(user, i < 2 ? PresenceState.ONLINE : PresenceState.OFFLINE);
    }
    StreamToken since = side.here();
    host.join(ROOM, CAROL);

    assertThat(json(side.since(CAROL, since).presence()))
        .containsExactly(
            present(World.user("m0"), "online"),
            present(World.user("m1"), "online"),
            present(World.user("m3"), "offline"));
  }

  /** <a href="https://github.com/matrix-org/synapse/issues/5503">synapse #5503</a>. */
  @Test
  void find_whatCameAfterTheEnd_isNotSent() {
    host.online(ALICE);
    host.keeps(ALICE, null, "m.direct", "{}");
    StreamToken since = side.here();
    host.online(BOB);
    host.keeps(ALICE, null, "m.push_rules", "{}");

    assertThat(side.between(ALICE, since, since)).isEqualTo(SyncEntries.NONE);
    side.close();
    side = new SyncSide(host);
    StreamToken zero = StreamToken.of(0, 0, 0, 0, 0);
    SyncEntries entries = side.between(ALICE, zero, since);
    assertThat(json(entries.presence())).containsExactly(present(ALICE, "online"));
    assertThat(json(entries.accountData()))
        .containsExactly("{\"type\":\"m.direct\",\"content\":{}}");
  }

  @Test
  void filters_ofEachPart_areApplied() {
    host.types(ROOM, BOB, WHILE);
    host.reads(ROOM, BOB, "1");
    host.keeps(ALICE, null, "m.direct", "{}");
    host.keeps(ALICE, null, "x", "{}");
    host.keeps(ALICE, ROOM, "m.tag", "{}");
    host.keeps(ALICE, ROOM, "x", "{}");
    host.online(ALICE);
    host.online(BOB);

    SyncEntries entries = first(ALICE, """
        {"presence":{"senders":["@b:h"]},"account_data":{"not_types":["x"]},
         "room":{"ephemeral":{"types":["m.receipt"]},"account_data":{"types":["x"]}}}""");

    assertThat(ephemeral(entries, ROOM)).containsExactly(receipt(BOB, "1"));
    assertThat(json(entries.accountData()))
        .containsExactly("{\"type\":\"m.direct\",\"content\":{}}");
    assertThat(data(entries, ROOM)).containsExactly("{\"type\":\"x\",\"content\":{}}");
    assertThat(json(entries.presence())).containsExactly(present(BOB, "online"));
  }

  @Test
  void filters_thatAcceptNothing_leaveNothing() {
    host.types(ROOM, BOB, WHILE);
    host.keeps(ALICE, null, "m.direct", "{}");
    host.keeps(ALICE, ROOM, "m.tag", "{}");
    host.online(BOB);

    assertThat(first(ALICE, """
        {"presence":{"types":[]},"account_data":{"types":[]},
         "room":{"ephemeral":{"types":[]},"account_data":{"types":[]}}}""")).isEqualTo(SyncEntries.NONE);
  }

  @Test
  void filters_ofRooms_hideWhatBelongsToRoomsButNotPresence() {
    host.types(ROOM, BOB, WHILE);
    host.keeps(ALICE, ROOM, "m.tag", "{}");
    host.online(BOB);

    SyncEntries entries = first(ALICE, "{\"room\":{\"not_rooms\":[\"!r:h\"]}}");

    assertThat(entries.ephemeral()).isEmpty();
    assertThat(entries.ofRooms()).isEmpty();
    assertThat(json(entries.presence())).containsExactly(present(BOB, "online"));
  }

  @Test
  void filters_roomsOfOnePart_hideThatPartAlone() {
    host.types(ROOM, BOB, WHILE);
    host.keeps(ALICE, ROOM, "m.tag", "{}");

    SyncEntries entries = first(ALICE, "{\"room\":{\"ephemeral\":{\"rooms\":[]}}}");

    assertThat(entries.ephemeral()).isEmpty();
    assertThat(data(entries, ROOM)).hasSize(1);
  }

  @Test
  void filters_containsUrl_keepsAccountDataWithAUrlAlone() {
    host.types(ROOM, BOB, WHILE);
    host.keeps(ALICE, ROOM, "x", "{\"url\":\"mxc://h/1\"}");
    host.keeps(ALICE, ROOM, "y", "{\"content\":{\"url\":\"mxc://h/1\"}}");
    String only = "{\"contains_url\":true}";

    SyncEntries entries =
        first(ALICE, "{\"room\":{\"ephemeral\":" + only + ",\"account_data\":" + only + "}}");

    assertThat(entries.ephemeral()).isEmpty();
    assertThat(data(entries, ROOM))
        .containsExactly("{\"type\":\"x\",\"content\":{\"url\":\"mxc://h/1\"}}");
  }

  @Test
  void find_everythingInMemory_needsNoRead() {
    host.reads(ROOM, ALICE, "0");
    StreamToken since = side.here();
    host.types(ROOM, ALICE, WHILE);
    host.reads(ROOM, BOB, "1");
    host.keeps(ALICE, null, "m.direct", "{}");
    host.online(ALICE);

    SyncEntries entries = side.find(ALICE, since, FilterSpec.ALL, false).orElseThrow();

    assertThat(ephemeral(entries, ROOM)).containsExactly(typing(ALICE), receipt(BOB, "1"));
    assertThat(entries.accountData()).hasSize(1);
    assertThat(entries.presence()).hasSize(1);
  }

  @Test
  void find_somebodyJoinedAndMayNotBlock_isEmpty() {
    host.online(ALICE);
    StreamToken since = side.here();
    host.join(ROOM, CAROL);

    assertThat(side.find(ALICE, since, FilterSpec.ALL, false)).isEmpty();
  }

  @Test
  void find_notCachedAndMayNotBlock_isEmpty() {
    StreamToken since = side.here();
    host.reads(ROOM, BOB, "1");
    side.close();
    side = new SyncSide(host);

    assertThat(side.find(ALICE, since, FilterSpec.ALL, false)).isEmpty();
  }
}
