package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomEventsTest {
  @Test
  void parse_federationForm_fillsTheEnvelope() {
    RawJson json = RawJson.of("""
            {"auth_events":[["$a:h",{"sha256":"x"}]],"content":{"name":"n"},"depth":7,"event_id":"$e:h",
             "hashes":{"sha256":"y"},"origin":"h","origin_server_ts":1432804485886,"prev_events":[],
             "room_id":"!r:h","sender":"@alice:h","signatures":{},"state_key":"","type":"m.room.name",
             "unsigned":{"age_ts":1432804485890}}""");

    RoomEvent event = RoomEvents.parse(json, NOW);

    assertThat(event.id()).isEqualTo(EventId.parse("$e:h"));
    assertThat(event.room()).isEqualTo(RoomId.parse("!r:h"));
    assertThat(event.sender()).isEqualTo(UserId.parse("@alice:h"));
    assertThat(event.type()).isEqualTo("m.room.name");
    assertThat(event.stateKey()).contains("");
    assertThat(event.originServerTs()).isEqualTo(1432804485886L);
    assertThat(event.depth()).hasValue(7);
    assertThat(event.redacts()).isEmpty();
    assertThat(event.ageSince()).contains(Instant.ofEpochMilli(1432804485890L));
    assertThat(event.json()).isSameAs(json);
  }

  @Test
  void parse_onlyWhatIsNeeded_leavesTheRestEmpty() {
    RoomEvent event = parse(message("{}", ""));

    assertThat(event.stateKey()).isEmpty();
    assertThat(event.depth()).isEmpty();
    assertThat(event.redacts()).isEmpty();
    assertThat(event.membership()).isEmpty();
    assertThat(event.historyVisibility()).isEmpty();
    assertThat(event.ageSince()).isEmpty();
  }

  @Test
  void parse_relation_isRelTypeAndTarget() {
    RoomEvent event =
        parse(message("{\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$t:h\"}}", ""));

    assertThat(event.relation()).contains(new Relation("m.replace", EventId.parse("$t:h")));
    assertThat(event.toBuilder().build().relation()).isEqualTo(event.relation());
    assertThat(event.toBuilder().relation(null).build().relation()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "7",
        "[]",
        "\"m.replace\"",
        "{\"rel_type\":\"m.replace\"}",
        "{\"event_id\":\"$t:h\"}",
        "{\"rel_type\":null,\"event_id\":\"$t:h\"}",
        "{\"rel_type\":{},\"event_id\":\"$t:h\"}",
        "{\"rel_type\":\"m.replace\",\"event_id\":7}",
        "{\"rel_type\":\"m.replace\",\"event_id\":\"banana\"}",
        "{\"m.in_reply_to\":{\"event_id\":\"$t:h\"}}"
      })
  void parse_relationThatIsNone_isIgnored(String relatesTo) {
    assertThat(parse(message("{\"m.relates_to\":" + relatesTo + "}", "")).relation())
        .isEmpty();
  }

  @Test
  void parse_nullForWhatMayBeAbsent_isAsIfAbsent() {
    RoomEvent event = parse(
        message("{}", ",\"state_key\":null,\"depth\":null,\"redacts\":null,\"unsigned\":null"));

    assertThat(event.stateKey()).isEmpty();
    assertThat(event.depth()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"sender\":\"@s:h\"|@s:h",
        "\"user_id\":\"@u:h\"|@u:h",
        "\"sender\":\"@s:h\",\"user_id\":\"@u:h\"|@s:h",
        "\"user_id\":\"@u:h\",\"sender\":\"@s:h\"|@s:h",
        "\"user_id\":\"@u:h\",\"sender\":null|@u:h",
        "\"sender\":\"@s:h\",\"user_id\":17|@s:h",
        "\"sender\":\"@s:h\",\"sender\":\"@t:h\"|@t:h",
      })
  void parse_senderAndUserId_senderWins(String members, String expected) {
    RoomEvent event = parse(
        "{\"type\":\"t\",\"event_id\":\"$e:h\",\"room_id\":\"!r:h\",\"origin_server_ts\":1,\"content\":{},"
            + members
            + "}");

    assertThat(event.sender()).hasToString(expected);
  }

  @Test
  void parse_membersThatAreThereTwice_lastCounts() {
    RoomEvent event = parse(
        message("{}", ",\"type\":\"m.second\",\"event_id\":\"$second:h\",\"origin_server_ts\":2"));

    assertThat(event.type()).isEqualTo("m.second");
    assertThat(event.id()).hasToString("$second:h");
    assertThat(event.originServerTs()).isEqualTo(2);
  }

  @Test
  void parse_keysAndValuesWithEscapes_readsWhatTheySay() {
    RoomEvent event = parse(message(
        "{}", ",\"\\u0074ype\":\"m.\\u0061\\\"\\n\",\"state\\u005fkey\":\"\\ud83d\\ude00\""));

    assertThat(event.type()).isEqualTo("m.a\"\n");
    assertThat(event.stateKey()).contains("\ud83d\ude00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0", "0", "9223372036854775807", "-9223372036854775808"})
  void parse_anyIntegerAsOriginServerTs_takesIt(String number) {
    assertThat(parse(message("{}", ",\"origin_server_ts\":" + number)).originServerTs())
        .isEqualTo(Long.parseLong(number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"membership\":\"join\"}|JOIN",
        "{\"membership\":\"invite\"}|INVITE",
        "{\"membership\":\"knock\"}|KNOCK",
        "{\"membership\":\"leave\"}|LEAVE",
        "{\"membership\":\"ban\"}|BAN",
        "{\"membership\":\"JOIN\"}|LEAVE",
        "{\"membership\":\"other\"}|LEAVE",
        "{\"membership\":17}|LEAVE",
        "{\"membership\":null}|LEAVE",
        "{}|LEAVE",
        "{\"membership\":\"join\",\"membership\":\"ban\"}|BAN",
        "{\"\\u006dembership\":\"\\u006aoin\"}|JOIN",
        "{\"x\":{\"membership\":\"join\"}}|LEAVE",
      })
  void parse_memberEvent_readsItsMembership(String content, Membership expected) {
    RoomEvent event =
        parse(message(content, ",\"type\":\"m.room.member\",\"state_key\":\"@bob:h\""));

    assertThat(event.membership()).contains(expected);
    assertThat(event.subject()).contains(JsonEvents.BOB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",\"state_key\":\"\"", ",\"state_key\":\"bob\"", ",\"state_key\":null"})
  void parse_memberEventOfNoUser_hasNoMembership(String stateKey) {
    RoomEvent event =
        parse(message("{\"membership\":\"join\"}", ",\"type\":\"m.room.member\"" + stateKey));

    assertThat(event.membership()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"history_visibility\":\"world_readable\"}|WORLD_READABLE",
        "{\"history_visibility\":\"shared\"}|SHARED",
        "{\"history_visibility\":\"invited\"}|INVITED",
        "{\"history_visibility\":\"joined\"}|JOINED",
        "{\"history_visibility\":\"banana\"}|SHARED",
        "{\"history_visibility\":[]}|SHARED",
        "{}|SHARED",
      })
  void parse_historyVisibilityEvent_readsIt(String content, HistoryVisibility expected) {
    RoomEvent event =
        parse(message(content, ",\"type\":\"m.room.history_visibility\",\"state_key\":\"\""));

    assertThat(event.historyVisibility()).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"state_key\":\"x\""})
  void parse_historyVisibilityEventWithAnotherKey_hasNoVisibility(String stateKey) {
    RoomEvent event = parse(message("{}", ",\"type\":\"m.room.history_visibility\"" + stateKey));

    assertThat(event.historyVisibility()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|,\"redacts\":\"$t:h\"|",
        "{\"redacts\":\"$c:h\"}|``|",
        "{\"redacts\":\"$c:h\"}|,\"redacts\":\"$t:h\"|",
        "{\"redacts\":\"$t:h\"}|,\"redacts\":\"$t:h\"|$t:h",
        "{\"redacts\":null}|,\"redacts\":\"$t:h\"|",
        "{\"redacts\":7}|,\"redacts\":\"$t:h\"|",
        "{\"redacts\":\"$c:h\"}|,\"redacts\":\"banana\"|",
        "{\"redacts\":\"$c:h\"}|,\"redacts\":null|",
        "{}|,\"redacts\":17|",
        "{\"redacts\":17}|``|",
        "{}|``|",
      })
  void parse_redaction_readsItsTarget(String content, String top, String expected) {
    RoomEvent event = parse(message(content, ",\"type\":\"m.room.redaction\"" + top));

    assertThat(event.redacts().map(EventId::value).orElse(null)).isEqualTo(expected);
  }

  @Test
  void parse_redactsOfAnotherType_isNotRead() {
    assertThat(parse(message("{\"redacts\":\"$c:h\"}", ",\"redacts\":\"$t:h\"")).redacts())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"unsigned\":{\"age_ts\":1000}|1000",
        "\"age_ts\":1000|1000",
        "\"unsigned\":{\"age_ts\":1000,\"age\":5},\"age_ts\":2000,\"age\":7|1442534399995",
        "\"unsigned\":{\"age_ts\":1000},\"age_ts\":2000,\"age\":7|1442534399993",
        "\"unsigned\":{\"age_ts\":1000,\"age\":\"5\"},\"age_ts\":2000|1000",
        "\"unsigned\":{\"age\":5},\"age\":7|1442534399995",
        "\"age\":7|1442534399993",
        "\"age\":0|1442534400000",
        "\"age\":-7|1442534400007",
        "\"unsigned\":{\"age_ts\":\"1000\",\"age\":5}|1442534399995",
        "\"unsigned\":{\"age_ts\":1.5}|",
        "\"unsigned\":{\"age_ts\":99999999999999999999}|",
        "\"unsigned\":[],\"age\":7|1442534399993",
        "\"age\":null|",
        "\"age\":{}|",
        "\"unsigned\":{}|",
      })
  void parse_claimedAge_saysFromWhenItCounts(String members, Long expected) {
    RoomEvent event = parse(message("{}", "," + members));

    assertThat(event.ageSince().map(Instant::toEpochMilli).orElse(null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807", "-9223372036854775808"})
  void parse_extremeAge_staysWithoutOverflow(String age) {
    assertThat(parse(message("{}", ",\"age\":" + age)).ageSince()).isPresent();
    assertThat(RoomEvents.parse(RawJson.of(message("{}", ",\"age\":" + age)), Instant.MIN)
            .json())
        .isNotNull();
    assertThat(RoomEvents.parse(RawJson.of(message("{}", ",\"age\":" + age)), Instant.MAX)
            .json())
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"event_id\":17|event_id must be a string, got '17'",
        "\"event_id\":null|event_id must be a string, got null",
        "\"event_id\":\"e\"|event_id: an event id must be '$' and at least one more character, got 'e'",
        "\"event_id\":{\"secret\":1}|event_id must be a string, got an object",
        "\"room_id\":\"$r:h\"|room_id: a room id must be '!' and at least one more character, got '$r:h'",
        "\"room_id\":[1]|room_id must be a string, got a list",
        "\"sender\":\"alice\"|sender: a user id must be '@' and at least one more character, got 'alice'",
        "\"sender\":true|sender must be a string, got a boolean",
        "\"sender\":null|user_id must be a string, got nothing",
        "\"type\":1.0|type must be a string, got '1.0'",
        "\"state_key\":17|state_key must be a string, got '17'",
        "\"origin_server_ts\":\"x\"|origin_server_ts must be an integer of 64 bits, got 'x'",
        "\"origin_server_ts\":null|origin_server_ts must be an integer of 64 bits, got null",
        "\"origin_server_ts\":9223372036854775808"
            + "|origin_server_ts must be an integer of 64 bits, got '9223372036854775808'",
        "\"depth\":-1|depth must be an integer from 0 to 2^63-1, got '-1'",
        "\"depth\":-1.5|depth must be an integer from 0 to 2^63-1, got '-1.5'",
        "\"depth\":\"x\"|depth must be an integer from 0 to 2^63-1, got 'x'",
        "\"depth\":9223372036854775808|depth must be an integer from 0 to 2^63-1, got '9223372036854775808'",
        "\"content\":\"secret\"|content must be an object, got a string",
        "\"content\":[]|content must be an object, got a list",
        "\"content\":null|content must be an object, got null",
        "\"content\":12345|content must be an object, got a number",
        "\"content\":true|content must be an object, got a boolean",
      })
  void parse_fieldOfTheWrongKind_saysWhichAndWhatCame(String member, String message) {
    assertThatThrownBy(() -> parse(message("{}", "," + member)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "room_id", "type", "origin_server_ts", "content"})
  void parse_fieldMissing_saysWhich(String name) {
    String json = message("{}", "").replace("\"" + name + "\"", "\"other\"");

    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageStartingWith(name + " must be ")
        .hasMessageEndingWith(", got nothing");
  }

  @Test
  void parse_longValueOfTheWrongKind_isCutAt64Characters() {
    String digits = "1".repeat(100);

    assertThatThrownBy(() -> parse(message("{}", ",\"origin_server_ts\":" + digits)))
        .hasMessageEndingWith("got '" + "1".repeat(64) + "...'");
    assertThatThrownBy(() -> parse(message("{}", ",\"event_id\":\"" + digits + "\"")))
        .hasMessageEndingWith("got '" + "1".repeat(64) + "...'");
  }

  @Test
  void parse_valueOf64Characters_isShownWhole() {
    String id = "x".repeat(64);

    assertThatThrownBy(() -> parse(message("{}", ",\"origin_server_ts\":\"" + id + "\"")))
        .hasMessageEndingWith("got '" + id + "'");
  }

  @Test
  void parse_depthZero_isTaken() {
    assertThat(parse(message("{}", ",\"depth\":0")).depth()).hasValue(0);
  }
}
