package io.github.matrixsync.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventBufferTest {
  private final EventBuffer out = new EventBuffer(0);

  @Test
  void age_moreThanAnEventHas_allAreKept() {
    out.open();
    for (int i = 0; i < 5; i++) {
      out.key("a").age(Instant.ofEpochMilli(i));
    }
    out.close();

    assertThat(out.ageSince()).containsExactly(0, 1, 2, 3, 4);
    assertThat(out.ageOffsets()).containsExactly(5, 10, 15, 20, 25);
    assertThat(new String(out.bytes(), UTF_8)).isEqualTo("{\"a\":,\"a\":,\"a\":,\"a\":,\"a\":}");
  }

  @Test
  void text_muchMoreThanExpected_isWhole() {
    String long64 = "x".repeat(62);

    out.text(long64);
    assertThat(out.length()).isEqualTo(64);
    out.text("y".repeat(10_000)).text("");

    assertThat(new String(out.bytes(), UTF_8))
        .isEqualTo("\"" + long64 + "\"\"" + "y".repeat(10_000) + "\"\"\"");
  }

  @Test
  void list_elements_areSeparated() {
    out.openList();
    out.element("a");
    out.element("\\\"\ud800");
    out.closeList();

    assertThat(new String(out.bytes(), UTF_8)).isEqualTo("[\"a\",\"\\\\\\\"\\ud800\"]");
  }
}
