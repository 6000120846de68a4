package io.github.matrixsync.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.internal.json.JsonWriter.Gap;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private final JsonWriter<Integer> out = new JsonWriter<>(0);

  @Test
  void gap_isWhereItsValueBelongs() {
    out.open();
    for (int i = 0; i < 5; i++) {
      out.key("a").gap(i);
    }
    out.close();

    assertThat(out.gaps())
        .containsExactly(
            new Gap<>(5, 0),
            new Gap<>(10, 1),
            new Gap<>(15, 2),
            new Gap<>(20, 3),
            new Gap<>(25, 4));
    assertThat(written()).isEqualTo("{\"a\":,\"a\":,\"a\":,\"a\":,\"a\":}");
  }

  @Test
  void text_muchMoreThanExpected_isWhole() {
    String long64 = "x".repeat(62);

    out.text(long64);
    assertThat(out.length()).isEqualTo(64);
    out.text("y".repeat(10_000)).text("");

    assertThat(written()).isEqualTo("\"" + long64 + "\",\"" + "y".repeat(10_000) + "\",\"\"");
  }

  @Test
  void list_elements_areSeparated() {
    out.openList().text("a").text("\\\"\ud800\n").openList().closeList();
    out.open().close().number(-1).value(RawJson.of("{}"));
    out.closeList();

    assertThat(written()).isEqualTo("[\"a\",\"\\\\\\\"\\ud800\\u000a\",[],{},-1,{}]");
  }

  @Test
  void element_isBehindItsComma() {
    out.openList().number(1).element();
    assertThat(out.length()).isEqualTo(3);
    out.open().close().closeList();

    assertThat(written()).isEqualTo("[1,{}]");
  }

  private String written() {
    return new String(out.bytes(), UTF_8);
  }
}
