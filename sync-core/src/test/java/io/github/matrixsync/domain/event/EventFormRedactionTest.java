package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.encode;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static io.github.matrixsync.domain.event.JsonEvents.redacted;
import static io.github.matrixsync.domain.event.JsonEvents.redaction;
import static io.github.matrixsync.domain.event.JsonEvents.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
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

/** The v1 form of redacted events, and of events that contain a redacted one. */
class EventFormRedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        """
        m.room.member|{"membership":"join","displayname":"x","avatar_url":"x",\
        "third_party_invite":{"signed":1},"join_authorised_via_users_server":"x"}\
        |{"membership":"join"}""",
        "m.room.create|{\"room_version\":\"1\",\"creator\":\"@a:h\",\"m.federate\":false}|{\"creator\":\"@a:h\"}",
        "m.room.join_rules|{\"join_rule\":\"public\",\"allow\":[]}|{\"join_rule\":\"public\"}",
        """
        m.room.power_levels|{"users":{"@a:h":100},"users_default":0,"events":{"m":1},\
        "events_default":0,"state_default":50,"ban":50,"kick":50,"redact":50,\
        "invite":0,"notifications":{}}\
        |{"users":{"@a:h":100},"users_default":0,"events":{"m":1},\
        "events_default":0,"state_default":50,"ban":50,"kick":50,"redact":50}""",
        "m.room.aliases|{\"aliases\":[\"#a:h\"],\"x\":1}|{\"aliases\":[\"#a:h\"]}",
        "m.room.history_visibility|{\"x\":1,\"history_visibility\":\"joined\"}|{\"history_visibility\":\"joined\"}",
        "m.room.message|{\"body\":\"x\",\"msgtype\":\"m.text\",\"membership\":\"join\"}|{}",
        "m.room.redaction|{\"reason\":\"x\",\"redacts\":\"$c:h\"}|{}",
        "m.room.name|{\"name\":\"x\"}|{}",
        "m.room.topic|{\"topic\":\"x\"}|{}",
        "org.example.custom|{\"creator\":\"x\",\"users\":{}}|{}",
        "m.room.member|{}|{}",
      })
  void content_redactedEventOfAnyType_keepsOnlyTheseKeys(
      String type, String content, String expected) {
    EncodedEvent event =
        encode(redacted(parse(message(content, ",\"type\":\"" + type + "\""), "1")));

    assertThat(event.content(NOW)).isEqualTo(RawJson.of(expected));
    assertThat(JsonTree.object(event.json(NOW)))
        .containsEntry("content", JsonTree.object(expected));
  }

  @Test
  void content_keyThatStaysIsThereTwice_lastStays() {
    String content = "{\"membership\":\"join\",\"x\":1,\"\\u006dembership\" : \"ban\"}";

    EncodedEvent event = encode(redacted(parse(message(content, ",\"type\":\"m.room.member\""))));

    assertThat(event.content(NOW)).isEqualTo(RawJson.of("{\"\\u006dembership\" : \"ban\"}"));
  }

  @Test
  void content_valueThatStays_isByteForByteTheHosts() {
    String content = "{ \"x\":1, \"users\" : { \"@a:h\" : 1e400, \"@a:h\":-0 } }";

    EncodedEvent event =
        encode(redacted(parse(message(content, ",\"type\":\"m.room.power_levels\""))));

    assertThat(event.content(NOW))
        .isEqualTo(RawJson.of("{\"users\" : { \"@a:h\" : 1e400, \"@a:h\":-0 }}"));
  }

  @Test
  void json_redactedEvent_keepsOnlyTheseFields() {
    RoomEvent event = parse(message("{\"membership\":\"invite\",\"x\":1}", """
                ,"type":"m.room.member","state_key":"@bob:h","membership":"invite","age":5,"redacts":"$t:h",
                "invite_room_state":[],"unsigned":{"invite_room_state":[],"age_ts":1442534399000},
                "auth_events":[],"prev_events":[],"prev_state":[],"hashes":{},"signatures":{},"depth":1,"origin":"h",
                "custom":1"""), "1");
    StoredEvent stored = stored(
        event, EventId.parse("$old:h"), new Redaction(redaction("$x:h", "$e:h", "{}"), false));

    assertThat(JsonTree.object(encode(stored).json(NOW))).isEqualTo(JsonTree.object("""
                {"type":"m.room.member","event_id":"$e:h","room_id":"!r:h","user_id":"@alice:h","state_key":"@bob:h",
                 "origin_server_ts":1,"content":{"membership":"invite"},"membership":"invite","age":5,
                 "replaces_state":"$old:h",
                 "redacted_because":{"type":"m.room.redaction","event_id":"$x:h","room_id":"!r:h","user_id":"@bob:h",
                   "origin_server_ts":0,"content":{"redacts":"$e:h"},"redacts":"$e:h"}}"""));
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "11", "12"})
  void json_redaction_namesTheTargetOfItsVersionInBothPlaces(String version) {
    RoomEvent event = parse(
        message(
            "{\"redacts\":\"$own:h\",\"reason\":1.0}",
            ",\"type\":\"m.room.redaction\",\"redacts\":\"$victim:h\""),
        version);
    String target = Integer.parseInt(version) < 11 ? "$victim:h" : "$own:h";

    String json = encode(stored(event)).json(NOW).toString();

    assertThat(event.redacts()).contains(EventId.parse(target));
    assertThat(JsonTree.object(json))
        .containsEntry("redacts", target)
        .containsEntry(
            "content", JsonTree.object("{\"reason\":1.0,\"redacts\":\"" + target + "\"}"));
    assertThat(json.split("redacts", -1)).hasSize(3);
  }

  @Test
  void json_redactionThatCountsForNothing_namesNoTarget() {
    String json = message(
        "{\"redacts\":\"$own:h\"}", ",\"type\":\"m.room.redaction\",\"redacts\":\"$victim:h\"");

    assertThat(parse(json).redacts()).isEmpty();
    assertThat(JsonEvents.encoded(json))
        .doesNotContainKey("redacts")
        .containsEntry("content", Map.of());
  }

  @ParameterizedTest
  @CsvSource({"10, false", "11, true", "12, true"})
  void json_redactedRedaction_stillNamesItsTargetFromVersion11On(String version, boolean stays) {
    RoomEvent event = parse(
        message(
            "{\"redacts\":\"$e:h\",\"reason\":\"x\"}",
            ",\"type\":\"m.room.redaction\",\"redacts\":\"$e:h\""),
        version);

    Map<String, @Nullable Object> json = JsonTree.object(encode(redacted(event)).json(NOW));

    assertThat(json.get("redacts")).isEqualTo(stays ? "$e:h" : null);
    assertThat(json.get("content")).isEqualTo(stays ? Map.of("redacts", "$e:h") : Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"display_name\":\"x\"}|{\"third_party_invite\":{}}",
        "\"x\"|{}",
        "[]|{}",
        "null|{}"
      })
  void content_thirdPartyInviteWithoutSigned_losesTheRest(String invite, String expected) {
    RoomEvent event = parse(
        message("{\"third_party_invite\":" + invite + "}", ",\"type\":\"m.room.member\""), "11");

    assertThat(encode(redacted(event)).content(NOW)).isEqualTo(RawJson.of(expected));
  }

  @Test
  void json_redactedRedaction_losesItsTarget() {
    assertThat(JsonTree.object(
            encode(redacted(redaction("$r:h", "$e:h", "{\"reason\":\"x\"}"))).json(NOW)))
        .doesNotContainKey("redacts")
        .containsEntry("content", Map.of());
  }

  @Test
  void json_redactedEventWithReplaced_stillHasItsPrevContent() {
    RoomEvent old =
        parse(message("{\"name\":\"old\"}", ",\"type\":\"m.room.name\",\"state_key\":\"\""));
    RoomEvent event = parse(message(
        "{\"name\":\"new\"}",
        ",\"type\":\"m.room.name\",\"state_key\":\"\",\"event_id\":\"$n:h\""));
    StoredEvent stored =
        stored(event, old.id(), new Redaction(redaction("$x:h", "$n:h", "{}"), false));

    assertThat(JsonTree.object(
            EncodedEvent.of(EventForm.V1, stored, Optional.of(stored(old))).json(NOW)))
        .containsEntry("content", Map.of())
        .containsEntry("prev_content", Map.of("name", "old"));
  }

  @Test
  void redactedBecause_redactionFromFederation_isInV1FormWithItsOwnAge() {
    RoomEvent redaction = parse(message("{\"reason\":\"spam\",\"redacts\":\"$e:h\"}", """
                ,"type":"m.room.redaction","event_id":"$x:h","redacts":"$e:h","depth":9,"auth_events":[],"custom":1.0,
                "unsigned":{"age":7,"prev_content":{},"redacted_because":{}}"""));
    RoomEvent event = parse(message("{\"body\":\"b\"}", ",\"age\":100"));

    EncodedEvent encoded = encode(stored(event, null, new Redaction(redaction, false)));

    Map<String, @Nullable Object> json = JsonTree.object(encoded.json(NOW.plusMillis(3)));
    assertThat(json).containsEntry("age", 103L);
    assertThat(json.get("redacted_because")).isEqualTo(JsonTree.object("""
                {"type":"m.room.redaction","event_id":"$x:h","room_id":"!r:h","user_id":"@alice:h","origin_server_ts":1,
                 "content":{"reason":"spam","redacts":"$e:h"},"redacts":"$e:h","age":10,"custom":1.0}"""));
  }

  @Test
  void redactedBecause_redactionIsRedacted_isPrunedAndNestsNothing() {
    StoredEvent event = stored(
        parse(message("{\"body\":\"b\"}", "")),
        null,
        new Redaction(redaction("$x:h", "$e:h", "{\"reason\":\"spam\"}"), true));

    Map<String, @Nullable Object> nested =
        JsonTree.object(JsonTree.object(encode(event).json(NOW)), "redacted_because");

    assertThat(nested)
        .containsOnlyKeys("type", "event_id", "room_id", "user_id", "origin_server_ts", "content")
        .containsEntry("content", Map.of());
  }

  @Test
  void redactedBecause_cycleOfRedactions_isOneLevelDeep() {
    RoomEvent first = redaction("$1:h", "$2:h", "{\"reason\":\"one\"}");
    RoomEvent second = redaction("$2:h", "$1:h", "{\"reason\":\"two\"}");

    String json =
        encode(stored(first, null, new Redaction(second, true))).json(NOW).toString();

    assertThat(json.split("redacted_because", -1)).hasSize(2);
    assertThat(json).doesNotContain("one").doesNotContain("two");
  }

  @Test
  void redactedBecause_eventThatRedactsItself_isOneLevelDeep() {
    RoomEvent event = redaction("$1:h", "$1:h", "{\"reason\":\"one\"}");

    String json =
        encode(stored(event, null, new Redaction(event, true))).json(NOW).toString();

    assertThat(json.split("redacted_because", -1)).hasSize(2);
    assertThat(json).doesNotContain("one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$x:h", "$y:h"})
  void redactedBecause_chainOfRedactions_showsOnlyTheOneThatCounts(String last) {
    RoomEvent redaction = redaction(last, "$e:h", "{\"reason\":\"spam\"}");

    String json = encode(stored(parse(message("{}", "")), null, new Redaction(redaction, false)))
        .json(NOW)
        .toString();

    assertThat(json)
        .contains("\"event_id\":\"" + last + "\"")
        .contains("{\"reason\":\"spam\",\"redacts\":\"$e:h\"}");
  }
}
