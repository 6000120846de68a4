package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.builder;
import static io.github.matrixsync.domain.event.JsonEvents.encode;
import static io.github.matrixsync.domain.event.JsonEvents.encoded;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static io.github.matrixsync.domain.event.JsonEvents.redacted;
import static io.github.matrixsync.domain.event.JsonEvents.replacing;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The v1 form of events that are not redacted, field by field. */
class EventFormTest {
  private static final String NAME = ",\"type\":\"m.room.name\",\"state_key\":\"\"";

  @Test
  void encode_message_hasExactlyTheFieldsOfV1() {
    assertThat(encoded(message("{\"body\":\"b\"}", ""))).isEqualTo(JsonTree.object("""
                {"type":"m.room.message","event_id":"$e:h","room_id":"!r:h","user_id":"@alice:h",
                 "origin_server_ts":1,"content":{"body":"b"}}"""));
  }

  @Test
  void encode_onlyAnEnvelope_hasItsFieldsAndEmptyContent() {
    RoomEvent event = builder("m.room.name").stateKey("").originServerTs(5).build();

    assertThat(JsonTree.object(encode(stored(event)).json(NOW))).isEqualTo(JsonTree.object("""
                {"type":"m.room.name","event_id":"$e:h","room_id":"!r:h","user_id":"@alice:h",
                 "state_key":"","origin_server_ts":5,"content":{}}"""));
  }

  @Test
  void encode_envelopeAndJsonDisagree_envelopeWins() {
    RoomEvent event =
        builder("m.t").stateKey("k").originServerTs(5).json(RawJson.of("""
                    {"type":"x","event_id":"$x:x","room_id":"!x:x","user_id":"@x:x","sender":"@y:y",
                     "state_key":"x","origin_server_ts":"x","content":{"a":1}}""")).build();

    assertThat(JsonTree.object(encode(stored(event)).json(NOW))).isEqualTo(JsonTree.object("""
                {"type":"m.t","event_id":"$e:h","room_id":"!r:h","user_id":"@alice:h",
                 "state_key":"k","origin_server_ts":5,"content":{"a":1}}"""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "\"\"", "null", "17"})
  void encode_stateKeyOnlyInTheJson_isLeftOut(String stateKey) {
    RoomEvent event =
        builder("m.t").json(RawJson.of("{\"state_key\":" + stateKey + "}")).build();

    assertThat(JsonTree.keys(encode(stored(event)).json(NOW))).doesNotContain("state_key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@bob:h",
        "\ud83d\ude00",
        "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028",
        "\ud800",
        "a\udfffb\ud83d"
      })
  void encode_anyStringInTheEnvelope_isReadBack(String text) {
    RoomEvent event = builder(text).stateKey(text).build();

    Map<String, @Nullable Object> json = JsonTree.object(encode(stored(event)).json(NOW));

    assertThat(json).containsEntry("type", text).containsEntry("state_key", text);
  }

  @Test
  void encode_idsWithQuotes_areEscaped() {
    RoomEvent event = RoomEvent.builder(
            EventId.parse("$\"e\\:h"), JsonEvents.ROOM, UserId.parse("@\"u\\:h"), "m.t")
        .build();

    assertThat(JsonTree.object(encode(stored(event)).json(NOW)))
        .containsEntry("event_id", "$\"e\\:h")
        .containsEntry("user_id", "@\"u\\:h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_events",
        "prev_events",
        "hashes",
        "signatures",
        "depth",
        "origin",
        "prev_state",
        "age_ts",
        "sender",
        "unsigned",
        "age",
        "replaces_state",
        "prev_content",
        "redacted_because",
      })
  void encode_fieldThatIsServersOrComputed_isLeftOut(String name) {
    RoomEvent event = builder("m.t").json(RawJson.of("{\"" + name + "\":17}")).build();

    assertThat(JsonTree.keys(encode(stored(event)).json(NOW))).doesNotContain(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "age_ts",
        "replaces_state",
        "prev_content",
        "redacted_because",
        "transaction_id",
        "membership",
        "prev_sender",
        "redacted_by",
        "knock_room_state",
        "invite_room_state",
      })
  void encode_fieldOfUnsigned_isNotLifted(String name) {
    RoomEvent event =
        builder("m.t").json(RawJson.of("{\"unsigned\":{\"" + name + "\":17}}")).build();

    assertThat(JsonTree.keys(encode(stored(event)).json(NOW)))
        .containsExactly("type", "event_id", "room_id", "user_id", "origin_server_ts", "content");
  }

  @Test
  void encode_unknownFields_passWithTheirBytesInTheirOrder() {
    String json = encode(stored(
            parse(message("{}", ", \"z\" : 1.0 ,\"\\u0061\": [ -0 ]\n, \"m\":{\"x\" :1e400}"))))
        .json(NOW)
        .toString();

    assertThat(json)
        .endsWith(",\"content\":{},\"z\" : 1.0,\"\\u0061\": [ -0 ],\"m\":{\"x\" :1e400}}");
  }

  @Test
  void encode_unknownFieldTwice_lastStays() {
    RawJson json =
        encode(stored(parse(message("{}", ",\"z\":1,\"y\":2,\"\\u007a\":3")))).json(NOW);

    assertThat(JsonTree.keys(json)).doesNotHaveDuplicates();
    assertThat(JsonTree.object(json)).containsEntry("z", 3L);
  }

  @Test
  void encode_contentTwice_lastCounts() {
    assertThat(encode(stored(parse(message("{\"a\":1}", ",\"content\":{\"b\":2}"))))
            .content(NOW))
        .isEqualTo(RawJson.of("{\"b\":2}"));
  }

  @Test
  void encode_topLevelMembership_passesAndIsNotMade() {
    String member = ",\"type\":\"m.room.member\",\"state_key\":\"@alice:h\"";

    assertThat(encoded(message("{\"membership\":\"join\"}", member + ",\"membership\":\"join\"")))
        .containsEntry("membership", "join");
    assertThat(encoded(message("{\"membership\":\"join\"}", member)))
        .doesNotContainKey("membership");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "32, 32", "7148266897, 7148266897", "-1, 0", "-7148266897, 0"})
  void encode_ageSince_givesTheMillisecondsUpToNow(long age, String expected) {
    RoomEvent event = builder("m.t").ageSince(NOW.minusMillis(age)).build();

    assertThat(JsonTree.object(encode(stored(event)).json(NOW)))
        .containsEntry("age", JsonTree.number(expected));
  }

  @Test
  void encode_noAgeSince_hasNoAge() {
    assertThat(encoded(message("{}", ""))).doesNotContainKey("age");
  }

  @Test
  void encode_ageClaimedInUnsigned_countsFromReceipt() {
    EncodedEvent event =
        encode(stored(parse(message("{}", ",\"unsigned\":{\"age\":32},\"age\":99"))));

    assertThat(JsonTree.object(event.json(NOW))).containsEntry("age", 32L);
    assertThat(JsonTree.object(event.json(NOW.plusMillis(10)))).containsEntry("age", 42L);
  }

  @Test
  void encode_replaces_givesReplacesStateWithoutPrevContent() {
    RoomEvent old = builder("m.room.name").stateKey("").build();
    RoomEvent event = RoomEvent.builder(EventId.parse("$n:h"), old.room(), old.sender(), old.type())
        .stateKey("")
        .build();

    assertThat(JsonTree.object(encode(replacing(event, old)).json(NOW)))
        .containsEntry("replaces_state", "$e:h")
        .doesNotContainKey("prev_content");
  }

  @Test
  void encode_replacedIsGiven_givesItsContentByteForByte() {
    RoomEvent old = parse(message("{ \"name\" : 1e400, \"name\":\"\\ud800\" }", NAME));
    RoomEvent event = parse(message("{}", NAME + ",\"event_id\":\"$n:h\""));

    EncodedEvent encoded =
        EncodedEvent.of(EventForm.V1, replacing(event, old), Optional.of(stored(old)));

    assertThat(encoded.json(NOW).toString())
        .contains(",\"prev_content\":{ \"name\" : 1e400, \"name\":\"\\ud800\" }");
    assertThat(JsonTree.object(encoded.json(NOW))).containsEntry("replaces_state", "$e:h");
  }

  @Test
  void encode_replacedIsRedacted_givesItsPrunedContent() {
    RoomEvent old = parse(message(
        "{\"membership\":\"join\",\"displayname\":\"x\"}",
        ",\"type\":\"m.room.member\",\"state_key\":\"@alice:h\""));
    RoomEvent event = parse(message("{}", NAME + ",\"event_id\":\"$n:h\""));

    EncodedEvent encoded =
        EncodedEvent.of(EventForm.V1, replacing(event, old), Optional.of(redacted(old)));

    assertThat(encoded.json(NOW).toString())
        .contains(",\"prev_content\":{\"membership\":\"join\"}");
  }

  @Test
  void encode_replacedIsAnotherEvent_throws() {
    StoredEvent event = stored(builder("m.t").build());

    assertThatThrownBy(() -> EncodedEvent.of(EventForm.V1, event, Optional.of(event)))
        .isInstanceOf(IllegalArgumentException.class)
        .isNotInstanceOf(InvalidEventException.class)
        .hasMessageContaining("$e:h");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",\"unsigned\":{\"invite_room_state\":[ 1.0 ]}|[ 1.0 ]",
        ",\"invite_room_state\":[ 2.0 ]|[ 2.0 ]",
        ",\"unsigned\":{\"invite_room_state\":[ 1.0 ]},\"invite_room_state\":[ 2.0 ]|[ 1.0 ]",
        ",\"unsigned\":{},\"invite_room_state\":[ 2.0 ]|[ 2.0 ]",
        ",\"unsigned\":[],\"invite_room_state\":[ 2.0 ]|[ 2.0 ]",
      })
  void encode_invite_hasInviteRoomStateAtTheTop(String members, String expected) {
    RawJson json = encode(stored(parse(message(
            "{\"membership\":\"invite\"}",
            ",\"type\":\"m.room.member\",\"state_key\":\"@bob:h\"" + members))))
        .json(NOW);

    assertThat(json.toString()).contains(",\"invite_room_state\":" + expected);
    assertThat(JsonTree.keys(json)).doesNotHaveDuplicates();
  }

  @Test
  void encode_honouredRedaction_hasTheEnvelopesTarget() {
    RoomEvent event = builder("m.room.redaction")
        .redacts(EventId.parse("$t:h"))
        .json(RawJson.of("{\"redacts\":\"$x:h\",\"content\":{\"redacts\":\"$c:h\"}}"))
        .build();

    RawJson json = encode(stored(event)).json(NOW);

    assertThat(JsonTree.object(json)).containsEntry("redacts", "$t:h");
    assertThat(JsonTree.keys(json)).doesNotHaveDuplicates();
  }

  @Test
  void encode_redactionNamingItsTargetInContent_hasItAtTheTopToo() {
    RoomEvent event =
        JsonEvents.parse(message("{\"redacts\":\"$c:h\"}", ",\"type\":\"m.room.redaction\""), "11");

    assertThat(JsonTree.object(encode(stored(event)).json(NOW))).containsEntry("redacts", "$c:h");
  }

  @Test
  void encode_redactionThatTheHostDidNotHonour_namesNothingToClients() {
    RoomEvent event = builder("m.room.redaction")
        .json(RawJson.of(
            "{\"redacts\":\"$x:h\",\"content\":{\"redacts\":\"$x:h\",\"reason\":\"r\"}}"))
        .build();

    assertThat(JsonTree.object(encode(stored(event)).json(NOW)))
        .doesNotContainKey("redacts")
        .containsEntry("content", Map.of("reason", "r"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "banana",
        "[]",
        "{\"content\":{}",
        "{}{}",
        "{\"content\":[]}",
        "{\"content\":null}",
        "{\"content\":\"s\"}"
      })
  void encode_brokenJson_throws(String json) {
    StoredEvent event = stored(builder("m.t").json(RawJson.of(json)).build());

    assertThatThrownBy(() -> encode(event)).isInstanceOf(InvalidEventException.class);
  }

  @Test
  void encode_memberEvent_knowsItsHead() {
    RoomEvent event = builder(RoomEvent.MEMBER)
        .stateKey("@bob:h")
        .membership(Membership.INVITE)
        .build();

    EncodedEvent encoded = encode(stored(event));

    assertThat(encoded.type()).isEqualTo("m.room.member");
    assertThat(encoded.id()).contains(JsonEvents.ID);
    assertThat(encoded.room()).contains(JsonEvents.ROOM);
    assertThat(encoded.sender()).contains(JsonEvents.ALICE);
  }
}
