package io.github.matrixsync.homeserver.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.json.JsonText.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as trees. */
class JsonTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[true,false,null,\"x\",{}],\"c\":{\"d\":[]}}",
        "{\"n\":[0,-1,9223372036854775807,9223372036854775808,1.50,1E+400]}",
        "{\"s\":\"\\\"\\\\\\n\\t\\b\\u0001\\u001F/é𝄞\"}",
        "[]",
        "\"x\"",
        "null",
        "-12"
      })
  void parse_andWrite_givesTheSameText(String text) {
    assertThat(JsonText.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      `{"a":}`        | line 1, column 6
      `{\n"a" 1}`     | line 2, column 5
      `{} {}`         | there is more after the value
      ``              | there is nothing
      `{"a":1`        | line 1
      """)
  void parse_whatIsNoJson_saysWhere(String text, String expected) {
    assertThatThrownBy(() -> JsonText.parse(text.replace("\\n", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON: ")
        .hasMessageContaining(expected);
  }

  @Test
  void parse_tooManyLevels_isRefused() {
    String deep = "[".repeat(1_000) + "]".repeat(1_000);

    assertThat(JsonText.parse(deep)).hasToString(deep);
    assertThatThrownBy(() -> JsonText.parse("[" + deep + "]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      `{"a":1,"b":2}` | `{"b":2,"a":1}` | yes
      `{"a":1}`       | `{"a":1,"b":2}` | no
      `[1,2]`         | `[2,1]`         | no
      1               | 1.0             | no
      1.0             | 1.00            | no
      `"1"`           | 1               | no
      """)
  void equals_twoValues_areTheSameOrNot(String one, String other, String same) {
    assertThat(JsonText.parse(one).equals(JsonText.parse(other))).isEqualTo(same.equals("yes"));
  }

  @Test
  void equals_numberThatWasSet_isTheOneThatWasRead() {
    assertThat(new ObjectNode().put("a", 50)).isEqualTo(JsonText.parse("{\"a\":50}"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      50                    | 50
      50.9                  | 50
      1e2                   | 100
      `"50"`                | 50
      `" 50"`               | -7
      9223372036854775808   | -7
      1e40                  | -7
      true                  | -7
      null                  | -7
      []                    | -7
      """)
  void asLong_eachValue_isItsNumberOrTheOther(String json, long expected) {
    assertThat(JsonText.parse(json).asLong(-7)).isEqualTo(expected);
  }

  @Test
  void read_loneSurrogateOrLongNumber_isNotExact() {
    Reading exact = JsonText.read(RawJson.of("{\"a\":1,\"a\":2}"));
    Reading name = JsonText.read(RawJson.of("{\"\\ud800\":1}"));
    Reading number = JsonText.read(RawJson.of("{\"a\":" + "1".repeat(5_000) + "}"));

    assertThat(exact.isExact()).isTrue();
    assertThat(exact.tree()).hasToString("{\"a\":2}");
    assertThat(name.isExact()).isFalse();
    assertThat(name.tree()).hasToString("{\"\ufffd\":1}");
    assertThat(number.isExact()).isFalse();
    assertThat(number.tree()).hasToString("{\"a\":0}");
  }

  @Test
  void members_ofEachElement_areByteForByte() {
    RawJson json = RawJson.of(
        "{\"list\":[1],\"list\":[{\"a\":{\"x\" : 1.0}},{\"b\":2},{\"a\":{},\"a\":{\"y\":2}}]}");

    assertThat(JsonText.members(json, "list", "a"))
        .containsExactly(RawJson.of("{\"x\" : 1.0}"), RawJson.of("{}"), RawJson.of("{\"y\":2}"));
  }

  @Test
  void path_whatIsNotThere_isMissing() {
    JsonNode node = JsonText.parse("{\"a\":[\"x\"]}");

    assertThat(node.path("a").path("b").path("c").isMissingNode()).isTrue();
    assertThat(node.path("b").asString("other")).isEqualTo("other");
    assertThat(node.path("b").values()).isEmpty();
    assertThat(node.path("b").propertyNames()).isEmpty();
    assertThat(node.path("a").isEmpty()).isFalse();
  }

  @Test
  void deepCopy_thatIsChanged_leavesTheOriginal() {
    ObjectNode node = (ObjectNode) JsonText.parse("{\"a\":{\"b\":[1]}}");

    ObjectNode copy = node.deepCopy();
    copy.withObject("a").withArray("b").add("x");
    copy.withObject("c").put("d", true);

    assertThat(node).hasToString("{\"a\":{\"b\":[1]}}");
    assertThat(copy).hasToString("{\"a\":{\"b\":[1,\"x\"]},\"c\":{\"d\":true}}");
  }
}
