package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.rest.FakeEngine.Messages;
import io.github.matrixsync.rest.FakeEngine.Room;
import io.github.matrixsync.rest.FakeEngine.Snapshot;
import io.github.matrixsync.rest.FakeEngine.Streamed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accepted values of {@code limit}, endpoint by endpoint. */
class LimitParameterTest {
  private static final String[] PATHS = {
    "/events", "/initialSync", "/rooms/!r:h/initialSync", "/rooms/!r:h/messages"
  };

  private final TestEdge edge = new TestEdge();

  @ParameterizedTest
  @CsvSource({
    "/events,                  0",
    "/initialSync,             10",
    "/rooms/!r:h/initialSync,  10",
    "/rooms/!r:h/messages,     10"
  })
  void limit_absent_isTheDefault(String path, int limit) {
    assertThat(edge.get(path).status()).isEqualTo(200);

    assertThat(asked()).isEqualTo(limit);
  }

  @ParameterizedTest
  @CsvSource({
    "/events,                  2147483647",
    "/initialSync,             1000",
    "/rooms/!r:h/initialSync,  1000",
    "/rooms/!r:h/messages,     1000"
  })
  void limit_huge_isClamped(String path, int limit) {
    for (String huge : new String[] {"2147483648", "9223372036854775808", "9".repeat(60)}) {
      edge.engine.asked.clear();

      assertThat(edge.get(path, "limit", huge).status()).isEqualTo(200);

      assertThat(asked()).isEqualTo(limit);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "007, 7", "2, 2", "1000, 1000"})
  void limit_digits_isHonoured(String limit, int expected) {
    for (String path : PATHS) {
      edge.engine.asked.clear();

      assertThat(edge.get(path, "limit", limit).status()).isEqualTo(200);

      assertThat(asked()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "-2", "-0", "hello", "1.5", "+5", " 5", "5 ", "", "1e3", "\u0665", "\uff15"})
  void limit_notDigits_isRefused(String limit) {
    for (String path : PATHS) {
      Reply reply = edge.get(path, "limit", limit);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errcode()).isEqualTo("M_INVALID_PARAM");
    }
    assertThat(edge.engine.asked).isEmpty();
  }

  @Test
  void limit_givenTwice_isRefused() {
    for (String path : PATHS) {
      Reply reply = edge.get(path, "limit", "2", "limit", "2");

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errcode()).isEqualTo("M_INVALID_PARAM");
    }
  }

  @Test
  void limit_withOtherBoundsSet_keepsThem() {
    TestEdge other =
        new TestEdge(RestSettings.DEFAULT.withSnapshotLimits(3, 4).withMessageLimits(5, 6));

    other.get("/initialSync");
    other.get("/initialSync", "limit", "9");
    other.get("/rooms/!r:h/messages");
    other.get("/rooms/!r:h/messages", "limit", "9");

    assertThat(other.engine.asked)
        .extracting(LimitParameterTest::limit)
        .containsExactly(3, 4, 5, 6);
  }

  @Test
  void limit_clampOfZero_isZero() {
    TestEdge other = new TestEdge(RestSettings.DEFAULT.withSnapshotLimits(0, 0));

    other.get("/initialSync", "limit", "55");

    assertThat(other.engine.only(Snapshot.class).limit()).isZero();
  }

  private int asked() {
    assertThat(edge.engine.asked).hasSize(1);
    return limit(edge.engine.asked.get(0));
  }

  private static int limit(Record call) {
    if (call instanceof Streamed stream) {
      return stream.options().limit().orElse(0);
    }
    if (call instanceof Snapshot snapshot) {
      return snapshot.limit();
    }
    return call instanceof Room room
        ? room.limit()
        : ((Messages) call).options().limit().orElseThrow();
  }
}
