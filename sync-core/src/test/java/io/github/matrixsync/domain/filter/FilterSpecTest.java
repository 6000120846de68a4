package io.github.matrixsync.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from a filter, and its canonical text. */
class FilterSpecTest {
  private static final UserId ALICE = UserId.parse("@alice:h");
  private static final RoomId ROOM = RoomId.parse("!a:h");

  @Test
  void parse_everyKey_isRead() {
    FilterSpec filter = FilterSpec.parse("""
        {"event_fields": ["type", "content.body"],
         "event_format": "federation",
         "presence": {"limit": 1, "types": ["m.presence"]},
         "account_data": {"limit": 2, "not_types": ["m.direct"]},
         "room": {
           "rooms": ["!a:h"], "not_rooms": ["!b:h"], "include_leave": true,
           "ephemeral": {"limit": 3, "types": ["m.typing"]},
           "state": {"limit": 4, "lazy_load_members": true, "include_redundant_members": true},
           "timeline": {"limit": 5, "contains_url": false, "unread_thread_notifications": true,
             "rooms": ["!c:h"], "senders": ["@alice:h"]},
           "account_data": {"limit": 6, "not_types": ["m.tag"]}}}
        """);

    assertThat(filter.eventFields()).containsExactly("content.body", "type");
    assertThat(filter.eventFormat()).isEqualTo(EventFormat.FEDERATION);
    assertThat(filter.presence().limit()).hasValue(1);
    assertThat(filter.presence().matches("m.presence", ALICE)).isTrue();
    assertThat(filter.presence().matches("m.typing", ALICE)).isFalse();
    assertThat(filter.accountData().limit()).hasValue(2);
    assertThat(filter.accountData().matches("m.direct")).isFalse();
    RoomFilter room = filter.room();
    assertThat(room.includes(ROOM)).isTrue();
    assertThat(room.includes(RoomId.parse("!b:h"))).isFalse();
    assertThat(room.includeLeave()).isTrue();
    assertThat(room.ephemeral().limit()).hasValue(3);
    assertThat(room.ephemeral().matches("m.receipt")).isFalse();
    assertThat(room.state().limit()).hasValue(4);
    assertThat(room.state().lazyLoadMembers()).isTrue();
    assertThat(room.state().includeRedundantMembers()).isTrue();
    assertThat(room.state().unreadThreadNotifications()).isFalse();
    assertThat(room.timeline().limit()).hasValue(5);
    assertThat(room.timeline().containsUrl()).contains(false);
    assertThat(room.timeline().unreadThreadNotifications()).isTrue();
    assertThat(room.timeline().lazyLoadMembers()).isFalse();
    assertThat(room.timeline().includes(ROOM)).isFalse();
    assertThat(room.timeline().matches("any", UserId.parse("@bob:h"))).isFalse();
    assertThat(room.accountData().limit()).hasValue(6);
    assertThat(room.accountData().matches("m.tag")).isFalse();
  }

  @Test
  void parse_emptyObject_restrictsNothing() {
    FilterSpec filter = FilterSpec.parse(RawJson.of("{}"));

    assertThat(filter).isEqualTo(FilterSpec.ALL);
    assertThat(filter.eventFields()).isEmpty();
    assertThat(filter.eventFormat()).isEqualTo(EventFormat.CLIENT);
    assertThat(filter.presence()).isEqualTo(EventFilter.ALL);
    assertThat(filter.accountData()).isEqualTo(EventFilter.ALL);
    assertThat(filter.presence().isUnrestricted()).isTrue();
    assertThat(filter.presence().limit()).isEqualTo(OptionalInt.empty());
    RoomFilter room = filter.room();
    assertThat(room.includes(ROOM)).isTrue();
    assertThat(room.includeLeave()).isFalse();
    for (RoomEventFilter part :
        new RoomEventFilter[] {room.ephemeral(), room.state(), room.timeline(), room.accountData()
        }) {
      assertThat(part).isEqualTo(RoomEventFilter.ALL);
      assertThat(part.isUnrestricted()).isTrue();
      assertThat(part.acceptsNothing()).isFalse();
      assertThat(part.limit()).isEqualTo(OptionalInt.empty());
      assertThat(part.containsUrl()).isEqualTo(Optional.empty());
      assertThat(part.lazyLoadMembers()).isFalse();
      assertThat(part.includeRedundantMembers()).isFalse();
      assertThat(part.unreadThreadNotifications()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{}",
        " {\"a\":1} |{}",
        "{\"event_format\":\"client\"}|{}",
        "{\"event_format\":\"federation\"}|{\"event_format\":\"federation\"}",
        "{\"event_fields\":[]}|{}",
        "{\"event_fields\":[\"b\",\"a\",\"b\"]}|{\"event_fields\":[\"a\",\"b\"]}",
        "{\"room\":{}}|{}",
        "{\"room\":{\"state\":{},\"include_leave\":false}}|{}",
        "{\"room\":{\"include_leave\":true}}|{\"room\":{\"include_leave\":true}}",
        "{\"room\":{\"rooms\":[]}}|{\"room\":{\"rooms\":[]}}",
        "{\"room\":{\"not_rooms\":[]}}|{}",
        "{\"room\":{\"rooms\":[\"!b\",\"!a\"],\"not_rooms\":[\"!c\"]}}"
            + "|{\"room\":{\"not_rooms\":[\"!c\"],\"rooms\":[\"!a\",\"!b\"]}}",
        "{\"presence\":{\"types\":[\"b\",\"a\",\"a\"]}}|{\"presence\":{\"types\":[\"a\",\"b\"]}}",
        "{\"presence\":{\"types\":[\"a\",\"*\"]}}|{}",
        "{\"presence\":{\"types\":[\"a**b***\"]}}|{\"presence\":{\"types\":[\"a*b*\"]}}",
        "{\"presence\":{\"not_types\":[\"**\"]}}|{\"presence\":{\"not_types\":[\"*\"]}}",
        "{\"presence\":{\"limit\":0}}|{\"presence\":{\"limit\":0}}",
        "{\"presence\":{\"limit\":9223372036854775807}}|{\"presence\":{\"limit\":2147483647}}",
        "{\"presence\":{\"limit\":-0}}|{\"presence\":{\"limit\":0}}",
        "{\"presence\":{\"limit\":1,\"limit\":2}}|{\"presence\":{\"limit\":2}}",
        "{\"presence\":{\"contains_url\":7,\"rooms\":7,\"lazy_load_members\":7}}|{}",
        "{\"account_data\":{\"senders\":[\"@b:h\",\"@a:h\"],\"not_senders\":[\"@c:h\"]}}"
            + "|{\"account_data\":{\"not_senders\":[\"@c:h\"],\"senders\":[\"@a:h\",\"@b:h\"]}}",
        "{\"room\":{\"state\":{\"include_redundant_members\":true}}}|{}",
        "{\"room\":{\"state\":{\"lazy_load_members\":true,\"include_redundant_members\":false}}}"
            + "|{\"room\":{\"state\":{\"lazy_load_members\":true}}}",
        "{\"room\":{\"timeline\":{\"unread_thread_notifications\":true,\"types\":[\"t\"],\"senders\":[\"@s:h\"],"
            + "\"rooms\":[\"!r\"],\"not_types\":[\"u\"],\"not_senders\":[\"@u:h\"],\"not_rooms\":[\"!u\"],\"limit\":3,"
            + "\"lazy_load_members\":true,\"include_redundant_members\":true,\"contains_url\":true}}}"
            + "|{\"room\":{\"timeline\":{\"contains_url\":true,\"include_redundant_members\":true,"
            + "\"lazy_load_members\":true,\"limit\":3,\"not_rooms\":[\"!u\"],\"not_senders\":[\"@u:h\"],"
            + "\"not_types\":[\"u\"],\"rooms\":[\"!r\"],\"senders\":[\"@s:h\"],\"types\":[\"t\"],"
            + "\"unread_thread_notifications\":true}}}",
        "{\"room\":{\"timeline\":{\"contains_url\":false},\"state\":{\"limit\":1},\"ephemeral\":{\"limit\":2},"
            + "\"account_data\":{\"limit\":3}}}"
            + "|{\"room\":{\"account_data\":{\"limit\":3},\"ephemeral\":{\"limit\":2},\"state\":{\"limit\":1},"
            + "\"timeline\":{\"contains_url\":false}}}",
        "{\"presence\":{\"types\":[\"\\ud800\"]}}|{\"presence\":{\"types\":[\"\\ud800\"]}}",
        "{\"\\ud800\":1,\"presence\":{\"types\":[\"\\ud83d\\ude00\"]}}|{\"presence\":{\"types\":[\"😀\"]}}"
      })
  void canonical_ofEveryShape_isTheShortestWithTheSameMeaning(String json, String canonical) {
    FilterSpec filter = FilterSpec.parse(json);

    assertThat(filter.canonical()).isEqualTo(canonical);
    assertThat(filter).hasToString(canonical);
    assertThat(FilterSpec.parse(filter.canonical())).isEqualTo(filter).hasSameHashCodeAs(filter);
  }

  @Test
  void equals_otherFilterOrPart_isFalse() {
    FilterSpec filter = FilterSpec.parse("""
        {"presence": {"limit": 1}, "room": {"include_leave": true, "state": {"limit": 1}}}
        """);

    assertThat(filter).isNotEqualTo(FilterSpec.ALL).isNotEqualTo(filter.canonical());
    assertThat(filter.presence())
        .isNotEqualTo(EventFilter.ALL)
        .isNotEqualTo(filter.presence().toString())
        .hasToString("{\"limit\":1}")
        .hasSameHashCodeAs(FilterSpec.parse("{\"presence\":{\"limit\":1}}").presence());
    assertThat(filter.room())
        .isNotEqualTo(FilterSpec.ALL.room())
        .isNotEqualTo(filter.room().toString())
        .isEqualTo(FilterSpec.parse(filter.canonical()).room())
        .hasSameHashCodeAs(FilterSpec.parse(filter.canonical()).room());
    assertThat(filter.room().state())
        .isNotEqualTo(RoomEventFilter.ALL)
        .isNotEqualTo(filter.room().state().toString())
        .hasSameHashCodeAs(RoomEventFilter.parse("{\"limit\":1}"));
  }
}
