package io.github.matrixsync.internal.encoding;

import static io.github.matrixsync.domain.event.JsonEvents.ALICE;
import static io.github.matrixsync.domain.event.JsonEvents.BOB;
import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EphemeralEventsTest {
  @Test
  void presence_everythingSet_hasExactlyThisShape() {
    EncodedEvent event = EphemeralEvents.presence(new PresenceChange(
        1,
        BOB,
        PresenceState.ONLINE,
        Optional.of("say \"hi\"\n\ud83d\ude00\ud800"),
        Optional.of(NOW.minusMillis(31053)),
        Optional.of("Bob"),
        Optional.of("mxc://h/x")));

    assertThat(event.json(NOW)).isEqualTo(RawJson.of("""
        {"type":"m.presence","content":{"user_id":"@bob:h","presence":"online",\
        "last_active_ago":31053,"status_msg":"say \\"hi\\"\\u000a\ud83d\ude00\\ud800",\
        "displayname":"Bob","avatar_url":"mxc://h/x"}}"""));
  }

  @ParameterizedTest
  @EnumSource
  void presence_nothingSet_hasOnlyUserAndState(PresenceState state) {
    EncodedEvent event = EphemeralEvents.presence(presence(state, Optional.empty()));

    assertThat(event.json(NOW))
        .isEqualTo(RawJson.of(
            "{\"type\":\"m.presence\",\"content\":{\"user_id\":\"@bob:h\",\"presence\":\""
                + state.value() + "\"}}"));
  }

  @Test
  void presence_activeLaterThanNow_isActiveNow() {
    EncodedEvent event =
        EphemeralEvents.presence(presence(PresenceState.ONLINE, Optional.of(NOW.plusMillis(1))));

    assertThat(event.content(NOW))
        .isEqualTo(
            RawJson.of("{\"user_id\":\"@bob:h\",\"presence\":\"online\",\"last_active_ago\":0}"));
  }

  @Test
  void presence_head_hasTypeOnly() {
    EncodedEvent event = EphemeralEvents.presence(presence(PresenceState.ONLINE, Optional.empty()));

    assertThat(event.type()).isEqualTo("m.presence");
    assertThat(event.id()).isEmpty();
    assertThat(event.room()).isEmpty();
    assertThat(event.sender()).isEmpty();
  }

  @Test
  void typing_someUsers_hasExactlyThisShape() {
    EncodedEvent event = EphemeralEvents.typing(ROOM, List.of(BOB, ALICE));

    assertThat(event.json(NOW))
        .isEqualTo(
            RawJson.of(
                "{\"type\":\"m.typing\",\"room_id\":\"!r:h\",\"content\":{\"user_ids\":[\"@bob:h\",\"@alice:h\"]}}"));
    assertThat(event.content(NOW))
        .isEqualTo(RawJson.of("{\"user_ids\":[\"@bob:h\",\"@alice:h\"]}"));
    assertThat(event.room()).contains(ROOM);
    assertThat(event.sender()).isEmpty();
  }

  @Test
  void typing_nobody_hasAnEmptyList() {
    assertThat(EphemeralEvents.typing(ROOM, List.of()).json(NOW))
        .isEqualTo(RawJson.of(
            "{\"type\":\"m.typing\",\"room_id\":\"!r:h\",\"content\":{\"user_ids\":[]}}"));
  }

  @Test
  void receipts_one_hasExactlyThisShape() {
    EncodedEvent event =
        EphemeralEvents.receipts(ROOM, List.of(receipt("$ev:h", "m.read", BOB, 1436451550453L)));

    assertThat(event.json(NOW)).isEqualTo(RawJson.of("""
        {"type":"m.receipt","room_id":"!r:h",\
        "content":{"$ev:h":{"m.read":{"@bob:h":{"ts":1436451550453}}}}}"""));
    assertThat(event.room()).contains(ROOM);
  }

  @Test
  void receipts_several_areGroupedByEventTypeAndUser() {
    EncodedEvent event = EphemeralEvents.receipts(
        ROOM,
        List.of(
            receipt("$1:h", "m.read", BOB, 1),
            receipt("$2:h", "m.read", ALICE, 2),
            receipt("$1:h", "m.read", ALICE, 3),
            receipt("$1:h", "m.\"x\"", BOB, 4),
            receipt("$1:h", "m.read", BOB, 5)));

    assertThat(event.content(NOW)).isEqualTo(RawJson.of("""
        {"$1:h":{"m.read":{"@bob:h":{"ts":5},"@alice:h":{"ts":3}},\
        "m.\\"x\\"":{"@bob:h":{"ts":4}}},\
        "$2:h":{"m.read":{"@alice:h":{"ts":2}}}}"""));
  }

  @Test
  void receipts_ofAThread_nameIt() {
    EncodedEvent event = EphemeralEvents.receipts(
        ROOM, List.of(inThread("$1:h", "$root:h", 1), inThread("$2:h", "main", 2)));

    assertThat(event.content(NOW))
        .isEqualTo(
            RawJson.of("{\"$1:h\":{\"m.read\":{\"@bob:h\":{\"ts\":1,\"thread_id\":\"$root:h\"}}},"
                + "\"$2:h\":{\"m.read\":{\"@bob:h\":{\"ts\":2,\"thread_id\":\"main\"}}}}"));
  }

  @Test
  void receipts_threadedAndNotInOnePlace_theOneForAllThreadsIsShown() {
    RawJson shown = RawJson.of("{\"$1:h\":{\"m.read\":{\"@bob:h\":{\"ts\":1}}}}");
    ReceiptChange all = receipt("$1:h", "m.read", BOB, 1);
    ReceiptChange thread = inThread("$1:h", "main", 2);

    assertThat(EphemeralEvents.receipts(ROOM, List.of(all, thread)).content(NOW))
        .isEqualTo(shown);
    assertThat(EphemeralEvents.receipts(ROOM, List.of(thread, all)).content(NOW))
        .isEqualTo(shown);
  }

  @Test
  void receipts_ofTwoThreadsInOnePlace_theLaterIsShown() {
    List<ReceiptChange> changes =
        List.of(inThread("$1:h", "main", 1), inThread("$1:h", "$root:h", 2));

    assertThat(EphemeralEvents.receipts(ROOM, changes).content(NOW))
        .isEqualTo(RawJson.of(
            "{\"$1:h\":{\"m.read\":{\"@bob:h\":{\"ts\":2,\"thread_id\":\"$root:h\"}}}}"));
  }

  @Test
  void receipts_none_hasEmptyContent() {
    assertThat(EphemeralEvents.receipts(ROOM, List.of()).content(NOW)).isEqualTo(RawJson.of("{}"));
  }

  @Test
  void receipts_ofAnotherRoom_throws() {
    List<ReceiptChange> changes = List.of(receipt("$1:h", "m.read", BOB, 1));

    assertThatThrownBy(() -> EphemeralEvents.receipts(RoomId.parse("!other:h"), changes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("receipts of !other:h, got one of !r:h");
  }

  private static PresenceChange presence(PresenceState state, Optional<Instant> lastActive) {
    return new PresenceChange(
        1, BOB, state, Optional.empty(), lastActive, Optional.empty(), Optional.empty());
  }

  private static ReceiptChange receipt(String event, String type, UserId user, long at) {
    return new ReceiptChange(1, ROOM, user, type, EventId.parse(event), Instant.ofEpochMilli(at));
  }

  private static ReceiptChange inThread(String event, String thread, long at) {
    return new ReceiptChange(
        1,
        ROOM,
        BOB,
        "m.read",
        Optional.of(thread),
        EventId.parse(event),
        Instant.ofEpochMilli(at));
  }

  @Test
  void accountData_ofARoom_hasItsContentByteForByte() {
    String content = "{ \"tags\" : {\"work\":{\"order\":1.0}} }";
    EncodedEvent event = EphemeralEvents.accountData(accountData(ROOM, "m.tag", content));

    assertThat(event.json(NOW))
        .isEqualTo(
            RawJson.of("{\"type\":\"m.tag\",\"room_id\":\"!r:h\",\"content\":" + content + "}"));
    assertThat(event.content(NOW)).isEqualTo(RawJson.of(content));
    assertThat(event.room()).contains(ROOM);
  }

  @Test
  void accountData_globalOrInPlace_namesNoRoom() {
    String content = "{\"a\":\"" + "x".repeat(1_000) + "\"}";
    RawJson shown = RawJson.of("{\"type\":\"a.b\",\"content\":" + content + "}");
    EncodedEvent global = EphemeralEvents.accountData(accountData(null, "a.b", content));
    EncodedEvent inPlace = EphemeralEvents.accountDataInPlace(accountData(ROOM, "a.b", content));

    assertThat(global.json(NOW)).isEqualTo(shown);
    assertThat(inPlace.json(NOW)).isEqualTo(shown);
    assertThat(inPlace.content(NOW)).isEqualTo(RawJson.of(content));
    assertThat(inPlace.room()).isEmpty();
  }

  private static AccountDataChange accountData(@Nullable RoomId room, String type, String content) {
    return new AccountDataChange(1, BOB, Optional.ofNullable(room), type, RawJson.of(content));
  }
}
