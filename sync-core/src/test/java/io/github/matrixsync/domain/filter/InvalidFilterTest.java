package io.github.matrixsync.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.matrixsync.domain.filter.InvalidFilterException.Reason;
import io.github.matrixsync.event.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a filter can be wrong. */
class InvalidFilterTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20150918L);
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|a filter must be an object, got a list",
        "7|a filter must be an object, got a number",
        "\"{}\"|a filter must be an object, got a string",
        "null|a filter must be an object, got null",
        " true |a filter must be an object, got a boolean",
        "{\"room\":[]}|room must be an object, got a list",
        "{\"room\":null}|room must be an object, got null",
        "{\"presence\":\"all\"}|presence must be an object, got 'all'",
        "{\"account_data\":1}|account_data must be an object, got '1'",
        "{\"room\":{\"state\":true}}|room.state must be an object, got a boolean",
        "{\"room\":{\"timeline\":[]}}|room.timeline must be an object, got a list",
        "{\"room\":{\"ephemeral\":0}}|room.ephemeral must be an object, got '0'",
        "{\"room\":{\"account_data\":0}}|room.account_data must be an object, got '0'",
        "{\"event_fields\":\"type\"}|event_fields must be a list of strings, got 'type'",
        "{\"event_fields\":[\"a\",1]}|event_fields[1] must be a string, got '1'",
        "{\"event_format\":\"Client\"}|event_format must be 'client' or 'federation', got 'Client'",
        "{\"event_format\":null}|event_format must be 'client' or 'federation', got null",
        "{\"presence\":{\"types\":{}}}|presence.types must be a list of strings, got an object",
        "{\"presence\":{\"types\":null}}|presence.types must be a list of strings, got null",
        "{\"presence\":{\"not_types\":[\"a\",null]}}|presence.not_types[1] must be a string, got null",
        "{\"presence\":{\"senders\":\"@a:h\"}}|presence.senders must be a list of strings, got '@a:h'",
        "{\"presence\":{\"senders\":[[]]}}|presence.senders[0] must be a string, got a list",
        "{\"presence\":{\"senders\":[\"alice\"]}}"
            + "|presence.senders[0]: a user id must be '@' and at least one more character, got 'alice'",
        "{\"presence\":{\"not_senders\":[\"@a:h\",\"@a\"]}}"
            + "|presence.not_senders[1]: a user id must end in ':' and a server name, got '@a'",
        "{\"room\":{\"rooms\":[\"#a:h\"]}}"
            + "|room.rooms[0]: a room id must be '!' and at least one more character, got '#a:h'",
        "{\"room\":{\"not_rooms\":[1]}}|room.not_rooms[0] must be a string, got '1'",
        "{\"room\":{\"state\":{\"rooms\":[\"\"]}}}"
            + "|room.state.rooms[0]: a room id must be '!' and at least one more character, got ''",
        "{\"room\":{\"state\":{\"not_rooms\":7}}}|room.state.not_rooms must be a list of strings, got '7'",
        "{\"room\":{\"include_leave\":\"true\"}}|room.include_leave must be true or false, got 'true'",
        "{\"room\":{\"state\":{\"lazy_load_members\":\"true\"}}}"
            + "|room.state.lazy_load_members must be true or false, got 'true'",
        "{\"room\":{\"state\":{\"lazy_load_members\":1}}}"
            + "|room.state.lazy_load_members must be true or false, got '1'",
        "{\"room\":{\"timeline\":{\"lazy_load_members\":null}}}"
            + "|room.timeline.lazy_load_members must be true or false, got null",
        "{\"room\":{\"state\":{\"include_redundant_members\":0}}}"
            + "|room.state.include_redundant_members must be true or false, got '0'",
        "{\"room\":{\"timeline\":{\"unread_thread_notifications\":{}}}}"
            + "|room.timeline.unread_thread_notifications must be true or false, got an object",
        "{\"room\":{\"timeline\":{\"contains_url\":\"\"}}}"
            + "|room.timeline.contains_url must be true or false, got ''",
        "{\"room\":{\"timeline\":{\"limit\":-1}}}"
            + "|room.timeline.limit must be an integer from 0 to 2^63-1, got '-1'",
        "{\"room\":{\"timeline\":{\"limit\":1.5}}}"
            + "|room.timeline.limit must be an integer from 0 to 2^63-1, got '1.5'",
        "{\"room\":{\"timeline\":{\"limit\":1.0}}}"
            + "|room.timeline.limit must be an integer from 0 to 2^63-1, got '1.0'",
        "{\"room\":{\"timeline\":{\"limit\":1e1}}}"
            + "|room.timeline.limit must be an integer from 0 to 2^63-1, got '1e1'",
        "{\"room\":{\"timeline\":{\"limit\":\"10\"}}}"
            + "|room.timeline.limit must be an integer from 0 to 2^63-1, got '10'",
        "{\"room\":{\"timeline\":{\"limit\":true}}}"
            + "|room.timeline.limit must be an integer from 0 to 2^63-1, got a boolean",
        "{\"room\":{\"timeline\":{\"limit\":9223372036854775808}}}"
            + "|room.timeline.limit must be an integer from 0 to 2^63-1, got '9223372036854775808'",
        "{\"room\":{\"state\":{\"limit\":-1}}}"
            + "|room.state.limit must be an integer from 0 to 2^63-1, got '-1'"
      })
  void parse_valueThatIsNotAllowed_namesThePath(String json, String message) {
    InvalidFilterException e =
        catchThrowableOfType(InvalidFilterException.class, () -> FilterSpec.parse(json));

    assertThat(e).hasMessage(message);
    assertThat(e.reason()).isEqualTo(Reason.INVALID_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "nope",
        "{} {}",
        "{},",
        "{}x",
        "{\"room\":{\"state\":{}}",
        "{\"a\":01}",
        "{\"a\":[}",
        "{\"a\":\"\n\"}",
        "\ufeff{}",
        "//{}"
      })
  void parse_noJson_saysSo(String text) {
    InvalidFilterException e =
        catchThrowableOfType(InvalidFilterException.class, () -> RoomEventFilter.parse(text));

    assertThat(e).hasMessageStartingWith("a filter must be one JSON value");
    assertThat(e.reason()).isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void parse_bytesThatAreNotUtf8_isNoJson() {
    byte[] bytes = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> FilterSpec.parse(RawJson.of(bytes)))
        .hasMessage("a filter must be UTF-8 without NUL, but is not at byte 6")
        .extracting(e -> ((InvalidFilterException) e).reason())
        .isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void parse_longestText_isRead_andOneByteMoreIsNot() {
    String longest = "{" + " ".repeat(FilterSpec.MAX_BYTES - 2) + "}";

    assertThat(FilterSpec.parse(longest)).isEqualTo(FilterSpec.ALL);
    assertThatThrownBy(() -> FilterSpec.parse(longest + " "))
        .hasMessage("a filter must have at most 65536 bytes, got 65537")
        .extracting(e -> ((InvalidFilterException) e).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void parse_deepUnknownKey_isIgnoredUpToABound() {
    assertThat(FilterSpec.parse(nested(999))).isEqualTo(FilterSpec.ALL);
    assertThatThrownBy(() -> FilterSpec.parse(nested(1_000)))
        .hasMessageContaining("at most 1000 levels")
        .extracting(e -> ((InvalidFilterException) e).reason())
        .isEqualTo(Reason.NOT_JSON);
    assertThatThrownBy(() -> FilterSpec.parse("{\"a\":" + "[".repeat(60_000)))
        .isInstanceOf(InvalidFilterException.class);
  }

  @Test
  void parse_moreWildcardsThanAllowed_isRefused() {
    assertThat(FilterSpec.parse(wildcards(256)).presence().matches("a255.b")).isTrue();
    assertThatThrownBy(() -> FilterSpec.parse(wildcards(257)))
        .isInstanceOf(InvalidFilterException.class)
        .hasMessage("presence.types must have at most 256 entries with '*', got 257");
  }

  @Test
  void parse_longValue_isCutInTheMessage() {
    String json = "{\"event_format\":\"" + "x".repeat(1_000) + "\"}";

    assertThatThrownBy(() -> FilterSpec.parse(json))
        .hasMessage(
            "event_format must be 'client' or 'federation', got '" + "x".repeat(64) + "...'");
  }

  @Test
  void parse_mutatedFilters_throwsNothingElse() {
    String whole = """
        {"event_fields":["type","content.body"],"event_format":"federation","presence":{"limit":1,"types":["m.*"]},
        "room":{"rooms":["!a:h"],"not_rooms":[],"include_leave":true,"state":{"lazy_load_members":true,"limit":4},
        "timeline":{"contains_url":false,"senders":["@alice:h"],"not_senders":["@bob:h"],"x":{"y":[null,1.5e3]}}}}""";
    Random random = new Random(SEED);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:0-.a*@! ".charAt(random.nextInt(15));
      }
      read += reads(bytes, round) ? 1 : 0;
    }

    assertThat(read).as("seed %d: filters that could be read", SEED).isBetween(ROUNDS / 10, ROUNDS);
  }

  private static boolean reads(byte[] bytes, int round) {
    try {
      FilterSpec filter = FilterSpec.parse(RawJson.of(bytes));
      assertThat(FilterSpec.parse(filter.canonical())).isEqualTo(filter);
      return true;
    } catch (InvalidFilterException expected) {
      assertThat(expected.getMessage()).hasSizeLessThan(300);
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + SEED + ", round " + round, e);
    }
  }

  private static String nested(int lists) {
    return "{\"a\":" + "[".repeat(lists) + "]".repeat(lists) + "}";
  }

  private static String wildcards(int count) {
    String types = IntStream.range(0, count)
        .mapToObj(i -> "\"a" + i + ".*\"")
        .collect(Collectors.joining(","));
    return "{\"presence\":{\"types\":[" + types + "]}}";
  }
}
