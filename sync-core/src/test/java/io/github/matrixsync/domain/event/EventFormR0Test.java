package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.builder;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static io.github.matrixsync.domain.event.JsonEvents.redacted;
import static io.github.matrixsync.domain.event.JsonEvents.redaction;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of r0 and v3, where it differs from that of v1. */
class EventFormR0Test {
  private static final String MEMBER = ",\"type\":\"m.room.member\",\"state_key\":\"@bob:h\"";

  @Test
  void encode_message_hasExactlyTheFieldsOfR0() {
    assertThat(encoded(message("{\"body\":\"b\"}", ""))).isEqualTo(JsonTree.object("""
                {"type":"m.room.message","event_id":"$e:h","room_id":"!r:h","sender":"@alice:h",
                 "origin_server_ts":1,"content":{"body":"b"},"unsigned":{}}"""));
  }

  @Test
  void encode_everythingAtOnce_isInUnsigned() {
    RoomEvent old = parse(message("{\"membership\":\"leave\"}", MEMBER));
    RoomEvent event = parse(message("{\"membership\":\"invite\",\"x\":1}", MEMBER + """
                ,"event_id":"$n:h","user_id":"@x:h","custom":[ 1.0 ],"membership":"invite","depth":3,"age":5,
                "unsigned":{"age":7,"transaction_id":"t","prev_content":{},"invite_room_state":[ 2.0 ]}"""));

    EncodedEvent encoded = EncodedEvent.of(
        EventForm.R0, stored(event, old.id(), null), Optional.of(stored(old, null, null)));

    assertThat(JsonTree.object(encoded.json(NOW.plusMillis(3)))).isEqualTo(JsonTree.object("""
                {"type":"m.room.member","event_id":"$n:h","room_id":"!r:h","sender":"@alice:h","state_key":"@bob:h",
                 "origin_server_ts":1,"content":{"membership":"invite","x":1},"custom":[1.0],"membership":"invite",
                 "unsigned":{"transaction_id":"t","invite_room_state":[2.0],"age":10,"replaces_state":"$e:h",
                   "prev_content":{"membership":"leave"}}}"""));
  }

  @Test
  void encode_withUserId_isTheSameWithTheSenderTwice() {
    RoomEvent redaction = parse(message("{\"redacts\":\"$e:h\"}", """
                ,"type":"m.room.redaction","event_id":"$x:h","redacts":"$e:h","sender":"@bob:h\""""));
    StoredEvent event =
        stored(parse(message("{}", ",\"age\":1")), null, new Redaction(redaction, false));

    Map<String, @Nullable Object> json = JsonTree.object(
        EncodedEvent.of(EventForm.R0_WITH_USER_ID, event, Optional.empty()).json(NOW));

    Map<String, @Nullable Object> nested =
        JsonTree.object(JsonTree.object(json, "unsigned"), "redacted_because");
    assertThat(nested).containsEntry("sender", "@bob:h").containsEntry("user_id", "@bob:h");
    assertThat(json).containsEntry("sender", "@alice:h").containsEntry("user_id", "@alice:h");
    nested.remove("user_id");
    json.remove("user_id");
    assertThat(json)
        .isEqualTo(JsonTree.object(
            EncodedEvent.of(EventForm.R0, event, Optional.empty()).json(NOW)));
  }

  @Test
  void encode_redactedEvent_keepsNothingOfUnsignedAndNestsTheSameForm() {
    RoomEvent redaction = parse(message("{\"reason\":\"spam\",\"redacts\":\"$e:h\"}", """
                ,"type":"m.room.redaction","event_id":"$x:h","redacts":"$e:h",
                "unsigned":{"age":7,"transaction_id":"u"}"""));
    RoomEvent event =
        parse(message("{\"body\":\"b\"}", ",\"unsigned\":{\"age\":100,\"transaction_id\":\"t\"}"));

    EncodedEvent encoded = EncodedEvent.of(
        EventForm.R0, stored(event, null, new Redaction(redaction, false)), Optional.empty());

    assertThat(JsonTree.object(encoded.json(NOW))).isEqualTo(JsonTree.object("""
                {"type":"m.room.message","event_id":"$e:h","room_id":"!r:h","sender":"@alice:h","origin_server_ts":1,
                 "content":{},"unsigned":{"age":100,"redacted_because":
                   {"type":"m.room.redaction","event_id":"$x:h","room_id":"!r:h","sender":"@alice:h",
                    "origin_server_ts":1,"content":{"reason":"spam","redacts":"$e:h"},"redacts":"$e:h",
                    "unsigned":{"transaction_id":"u","age":7}}}}"""));
  }

  @Test
  void encode_redactionIsRedacted_isPrunedAndNestsNothing() {
    StoredEvent event = stored(
        parse(message("{\"body\":\"b\"}", "")),
        null,
        new Redaction(redaction("$x:h", "$e:h", "{\"reason\":\"spam\"}"), true));

    Map<String, @Nullable Object> unsigned = JsonTree.object(
        JsonTree.object(EncodedEvent.of(EventForm.R0, event, Optional.empty()).json(NOW)),
        "unsigned");

    assertThat(JsonTree.object(unsigned, "redacted_because"))
        .containsOnlyKeys(
            "type", "event_id", "room_id", "sender", "origin_server_ts", "content", "unsigned")
        .containsEntry("content", Map.of())
        .containsEntry("unsigned", Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"age", "age_ts", "replaces_state", "prev_content", "redacted_because"})
  void encode_computedFieldThatTheHostClaims_isLeftOut(String name) {
    RoomEvent event = builder("m.t")
        .json(RawJson.of("{\"" + name + "\":17,\"unsigned\":{\"" + name + "\":17}}"))
        .build();

    assertThat(JsonTree.object(
            EncodedEvent.of(EventForm.R0, stored(event), Optional.empty()).json(NOW)))
        .doesNotContainKey(name)
        .containsEntry("unsigned", Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"transaction_id", "m.relations", "membership", "prev_sender", "invite_room_state"})
  void encode_anyOtherFieldOfUnsigned_passesWithItsBytes(String name) {
    RoomEvent event = builder("m.t")
        .json(RawJson.of("{\"unsigned\":{\"x\":-0 ,\"" + name + "\" : [ 1e400 ] }}"))
        .build();

    assertThat(EncodedEvent.of(EventForm.R0, stored(event), Optional.empty())
            .json(NOW)
            .toString())
        .endsWith(",\"unsigned\":{\"x\":-0,\"" + name + "\" : [ 1e400 ]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",\"unsigned\":{\"invite_room_state\":[ 1.0 ]}|[ 1.0 ]",
        ",\"invite_room_state\":[ 2.0 ]|[ 2.0 ]",
        ",\"unsigned\":{\"invite_room_state\":[ 1.0 ]},\"invite_room_state\":[ 2.0 ]|[ 1.0 ]",
        ",\"unsigned\":[],\"invite_room_state\":[ 2.0 ]|[ 2.0 ]",
      })
  void encode_invite_hasInviteRoomStateInUnsignedAlone(String members, String expected) {
    RawJson json = EncodedEvent.of(
            EventForm.R0,
            stored(parse(message("{\"membership\":\"invite\"}", MEMBER + members))),
            Optional.empty())
        .json(NOW);

    assertThat(json.toString()).endsWith(",\"unsigned\":{\"invite_room_state\":" + expected + "}}");
    assertThat(JsonTree.keys(json)).doesNotContain("invite_room_state");
  }

  @Test
  void encode_content_isByteForByteTheHosts() {
    String content = "{ \"b\" : 1e400, \"b\":\"\\ud800\" }";

    EncodedEvent encoded =
        EncodedEvent.of(EventForm.R0, stored(parse(message(content, ""))), Optional.empty());

    assertThat(encoded.content(NOW)).isEqualTo(RawJson.of(content));
  }

  @Test
  void encode_agesThatHaveNotComeYet_areZeroNestedOnesToo() {
    RoomEvent redaction =
        builder("m.room.redaction").ageSince(NOW.plusMillis(5)).build();
    RoomEvent event = builder("m.t").ageSince(NOW.plusMillis(9)).build();

    Map<String, @Nullable Object> unsigned = JsonTree.object(
        JsonTree.object(EncodedEvent.of(
                EventForm.R0,
                stored(event, null, new Redaction(redaction, false)),
                Optional.empty())
            .json(NOW)),
        "unsigned");

    assertThat(unsigned).containsEntry("age", 0L);
    assertThat(JsonTree.object(JsonTree.object(unsigned, "redacted_because"), "unsigned"))
        .containsEntry("age", 0L);
  }

  @Test
  void encode_onlyTheEnvelope_differsInNothingButPlaces() {
    EncodedEvent v1 = JsonEvents.encode(redacted(builder("m.t").build()));
    EncodedEvent r0 =
        EncodedEvent.of(EventForm.R0, redacted(builder("m.t").build()), Optional.empty());

    assertThat(r0.type()).isEqualTo(v1.type());
    assertThat(r0.id()).isEqualTo(v1.id());
    assertThat(r0.sender()).isEqualTo(v1.sender());
  }

  private static Map<String, @Nullable Object> encoded(String json) {
    return JsonTree.object(
        EncodedEvent.of(EventForm.R0, stored(parse(json)), Optional.empty()).json(NOW));
  }
}
