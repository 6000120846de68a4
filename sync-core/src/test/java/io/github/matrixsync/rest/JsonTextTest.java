package io.github.matrixsync.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @Test
  void keys_object_areItsOwn() {
    String json = " {\"a\":{\"b\":[1,-0.5e+7,\"\\u00e9\\n\",true,false,null,[],{}]},\"c\" : 0}\n";

    assertThat(JsonText.keys(json.getBytes(UTF_8))).containsExactly("a", "c");
    assertThat(JsonText.keys("{}".getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":nul}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\u00ff\"}"
      })
  void keys_noObjectInUtf8_fails(String json) {
    assertThatThrownBy(() -> JsonText.keys(json.getBytes(ISO_8859_1)))
        .isInstanceOf(AssertionError.class);
  }
}
