package io.github.matrixsync.domain.event;

import static io.github.matrixsync.domain.event.JsonEvents.NOW;
import static io.github.matrixsync.domain.event.JsonEvents.message;
import static io.github.matrixsync.domain.event.JsonEvents.parse;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomEventsMalformedTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "\"\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{}{}",
        "{} {}",
        "{},",
        "{}]",
        "{} x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":tru}",
        "{\"a\":nul}",
        "{\"a\":truex}",
        "{\"a\":[1,]}",
        "{\"a\":[1}",
        "{\"a\":{]}",
        "{\"a\":\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":1/**/}",
        "{\"a\":1}//",
        "#\n{}",
        "{\"a\":1}\u0000",
        "\ufeff{}",
        "\u00a0{}",
        "{\"a\u0000\":1}",
      })
  void parse_notOneJsonObject_throws(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InvalidEventException.class)
        .hasNoCause()
        .hasMessageStartingWith("an event must be ");
  }

  @Test
  void parse_secretInBrokenJson_isNotInTheMessage() {
    assertThatThrownBy(() -> parse(message("{\"body\":secret}", "")))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageNotContaining("secret")
        .hasMessageContaining("at byte ")
        .hasNoCause();
  }

  static List<String> notUtf8() {
    return List.of(
        "80",
        "bf",
        "c0 80",
        "c1 bf",
        "c3",
        "c3 28",
        "e0 80 80",
        "e0 9f bf",
        "e2 82",
        "e2 28 a1",
        "ed a0 80",
        "ed bf bf",
        "f0 80 80 80",
        "f0 8f bf bf",
        "f0 9f 98",
        "f4 90 80 80",
        "f5 80 80 80",
        "fe",
        "ff");
  }

  @ParameterizedTest
  @MethodSource("notUtf8")
  void parse_bytesThatAreNotUtf8_throws(String hex) {
    assertThatThrownBy(() -> RoomEvents.parse(messageWith(hex), NOW))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage("an event must be UTF-8 without NUL, but is not at byte "
            + message("{\"body\":\"SPLIT\"}", "").indexOf("SPLIT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01 7f",
        "c2 80",
        "df bf",
        "e0 a0 80",
        "ed 9f bf",
        "ee 80 80",
        "ef bf bf",
        "f0 90 80 80",
        "f4 8f bf bf"
      })
  void parse_bytesAtTheEdgeOfUtf8_takesThem(String hex) {
    RawJson json = messageWith(hex.replace("01 ", ""));

    assertThat(RoomEvents.parse(json, NOW).json()).isSameAs(json);
  }

  static Stream<Charset> otherCharsets() {
    return Stream.of(UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"));
  }

  @ParameterizedTest
  @MethodSource("otherCharsets")
  void parse_otherEncodingOfUnicode_throws(Charset charset) {
    RawJson json = RawJson.of(message("{}", "").getBytes(charset));

    assertThatThrownBy(() -> RoomEvents.parse(json, NOW)).isInstanceOf(InvalidEventException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 998})
  void parse_deepContent_isTaken(int levels) {
    assertThat(parse(message(deep(levels), "")).type()).isEqualTo("m.room.message");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 100_000, 1_000_000})
  void parse_contentTooDeep_throws(int levels) {
    assertThatThrownBy(() -> parse(message(deep(levels), "")))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("1000 levels");
  }

  @Test
  void parse_moreThan64MiB_throws() {
    byte[] bytes = new byte[(64 << 20) + 1];

    assertThatThrownBy(() -> RoomEvents.parse(RawJson.of(bytes), NOW))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage("an event must have at most 67108864 bytes, got 67108865");
  }

  @Test
  void parse_manyKeys_takesThem() {
    StringBuilder content = new StringBuilder("{\"k\":0");
    for (int i = 0; i < 100_000; i++) {
      content.append(",\"k").append(i).append("\":").append(i);
    }

    assertThat(parse(message(content.append('}').toString(), "")).type())
        .isEqualTo("m.room.message");
  }

  private static String deep(int levels) {
    return "{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  private static RawJson messageWith(String hex) {
    String[] around = message("{\"body\":\"SPLIT\"}", "").split("SPLIT");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(around[0].getBytes(UTF_8));
    bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(hex));
    bytes.writeBytes(around[1].getBytes(ISO_8859_1));
    return RawJson.of(bytes.toByteArray());
  }
}
