package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How parsing an event depends on the version of its room. */
class RoomEventVersionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"redacts\":\"$c:h\"}|,\"redacts\":\"$t:h\"|$t:h|$c:h",
        "{\"redacts\":\"$c:h\"}|``||$c:h",
        "{}|,\"redacts\":\"$t:h\"|$t:h|",
        "{\"redacts\":17}|,\"redacts\":\"$t:h\"|$t:h|",
        "{\"redacts\":null}|,\"redacts\":\"t\"||",
      })
  void parse_redactionOfAKnownVersion_readsItsTargetInOnePlace(
      String content, String top, @Nullable String upTo10, @Nullable String from11) {
    String json = message(content, ",\"type\":\"m.room.redaction\"" + top);

    for (int version = 1; version <= 13; version++) {
      assertThat(parse(json, "" + version).redacts().map(EventId::value).orElse(null))
          .as("version %d", version)
          .isEqualTo(version <= 10 ? upTo10 : from11);
    }
    assertThat(parse(json, "org.example.new").redacts().map(EventId::value).orElse(null))
        .isEqualTo(from11);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"7\"|7",
        "7.0|7",
        "7.9|7",
        "\"7.9\"|7",
        "1.4e12|1400000000000",
        "0.0|0",
        "1e-999999999|0",
        "9223372036854775807.5|9223372036854775807",
        "\"9223372036854775807\"|9223372036854775807"
      })
  void parse_looseNumber_isReadUpToVersion5AndWithoutAVersion(String written, long expected) {
    String json = message("{}", ",\"origin_server_ts\":" + written + ",\"depth\":" + written);

    for (String version : List.of("1", "2", "3", "4", "5")) {
      assertThat(parse(json, version).originServerTs()).isEqualTo(expected);
      assertThat(parse(json, version).depth()).hasValue(expected);
    }
    assertThat(parse(json).originServerTs()).isEqualTo(expected);
    for (String version : List.of("6", "10", "12", "13", "x")) {
      assertThatThrownBy(() -> parse(json, version))
          .isInstanceOf(InvalidEventException.class)
          .hasMessageStartingWith("origin_server_ts must be an integer of 64 bits, got ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"x\"",
        "\"NaN\"",
        "\"1e\"",
        "1e999999999",
        "1e2147483647",
        "-1e2147483647",
        "9223372036854775808",
        "\"99999999999999999999\"",
        "-9223372036854775809",
        "true",
        "[1]"
      })
  void parse_looseNumberThatIsNone_isRefused(String written) {
    assertThatThrownBy(() -> parse(message("{}", ",\"origin_server_ts\":" + written), "1"))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageStartingWith("origin_server_ts must be ");
  }

  @Test
  void parse_createWithoutRoomId_isNamedByItsOwnIdFromVersion12On() {
    String json = "{\"type\":\"m.room.create\",\"state_key\":\"\",\"event_id\":\"$31hneApxJ_1o\","
        + "\"sender\":\"@alice:h\",\"origin_server_ts\":1,\"content\":{}}";

    for (String version : List.of("12", "13", "org.example.new")) {
      assertThat(parse(json, version).room()).hasToString("!31hneApxJ_1o");
    }
    assertThat(parse(json).room()).hasToString("!31hneApxJ_1o");
    for (String version : List.of("1", "11")) {
      assertThatThrownBy(() -> parse(json, version))
          .isInstanceOf(InvalidEventException.class)
          .hasMessage("room_id must be a string, got nothing");
    }
    assertThatThrownBy(() -> parse(json.replace("m.room.create", "m.room.name"), "12"))
        .isInstanceOf(InvalidEventException.class);
    assertThat(
            parse(json.replace("{\"type", "{\"room_id\":\"!r\",\"type"), "12").room())
        .hasToString("!r");
  }

  @Test
  void parse_version_isThatOfTheEvent() {
    assertThat(parse(message("{}", ""), "6").roomVersion()).contains(RoomVersion.of("6"));
    assertThat(parse(message("{}", "")).roomVersion()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "123456789012345678901234567890123"})
  void roomVersion_noName_isRefused(String name) {
    assertThatThrownBy(() -> RoomVersion.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a room version must have 1 to 32 code points, got " + name.length());
  }
}
