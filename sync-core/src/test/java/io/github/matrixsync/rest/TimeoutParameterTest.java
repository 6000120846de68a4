package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.rest.FakeEngine.Streamed;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accepted values of {@code timeout}. */
class TimeoutParameterTest {
  private final TestEdge edge = new TestEdge();

  @Test
  void timeout_absent_isThirtySeconds() {
    edge.get("/events");

    assertThat(edge.engine.only(Streamed.class).timeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "0,                     0",
    "1,                     1",
    "300,                   300",
    "499,                   499",
    "00035000,              35000",
    "35000,                 35000",
    "120000,                120000",
    "120001,                120000",
    "9223372036854775807,   120000",
    "9223372036854775808,   120000",
    "99999999999999999999999999999999999, 120000",
    "-1,                    0",
    "-0,                    0",
    "-99999999999999999999, 0"
  })
  void timeout_wholeNumber_isHonouredWithinBounds(String timeout, long millis) {
    assertThat(edge.get("/events", "timeout", timeout).status()).isEqualTo(200);

    assertThat(edge.engine.only(Streamed.class).timeout()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello", "1.5", "", "-", "--1", "+5", " 5", "5 ", "1e3", "0x10", "1_000", "\u0665", "\uff15"
      })
  void timeout_notAWholeNumber_isRefused(String timeout) {
    Reply reply = edge.get("/events", "timeout", timeout);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
    assertThat(reply.error()).contains("milliseconds");
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void timeout_givenTwice_isTheFirst() {
    edge.get("/events", "timeout", "5", "timeout", "hello");

    assertThat(edge.engine.only(Streamed.class).timeout()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void timeout_withOtherBoundsSet_keepsThem() {
    TestEdge other =
        new TestEdge(RestSettings.DEFAULT.withTimeouts(Duration.ofMillis(5), Duration.ofMillis(7)));

    other.get("/events");
    other.get("/events", "timeout", "8");

    assertThat(other.engine.asked)
        .extracting(call -> ((Streamed) call).timeout())
        .containsExactly(Duration.ofMillis(5), Duration.ofMillis(7));
  }

  /** The bound is longer than a {@code long} of milliseconds. */
  @Test
  void timeout_withTheLongestBound_isWhatWasAskedFor() {
    TestEdge other = new TestEdge(
        RestSettings.DEFAULT.withTimeouts(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE)));

    assertThat(other.get("/events", "timeout", "8").status()).isEqualTo(200);

    assertThat(other.engine.only(Streamed.class).timeout()).isEqualTo(Duration.ofMillis(8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/initialSync", "/rooms/!r:h/initialSync", "/rooms/!r:h/messages"})
  void timeout_whereNothingWaits_isNotRead(String path) {
    assertThat(edge.get(path, "timeout", "hello").status()).isEqualTo(200);
  }
}
