package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.rest.FakeEngine.Messages;
import io.github.matrixsync.rest.FakeEngine.Streamed;
import io.github.matrixsync.store.model.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accepted values of {@code from} and {@code to}, endpoint by endpoint. */
class TokenParameterTest {
  private static final String ROOM_SNAPSHOT = "/rooms/!r:h/initialSync";
  private static final String MESSAGES = "/rooms/!r:h/messages";

  private final TestEdge edge = new TestEdge();

  @Test
  void from_absent_isNow() {
    assertThat(edge.get("/events").status()).isEqualTo(200);

    assertThat(edge.engine.only(Streamed.class).from()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "END"})
  void from_emptyOrEnd_isNow(String from) {
    assertThat(edge.get("/events", "from", from).status()).isEqualTo(200);

    assertThat(edge.engine.only(Streamed.class).from()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "s5_2_1,       s5_2_1",
    "s3456_9_0,    s3456_9_0",
    "s0_0_0,       s0_0_0",
    "s5_2_1_7,     s5_2_1_7",
    "s007_0_0,     s7_0_0",
    "s0003456_9_0, s3456_9_0",
    "s9223372036854775807_0_0, s9223372036854775807_0_0"
  })
  void from_streamToken_isAskedFor(String from, String token) {
    Reply reply = edge.get("/events", "from", from);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(edge.engine.only(Streamed.class).from()).isEqualTo(StreamToken.parse(token));
    assertThat(reply.body()).containsEntry("start", token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "START",
        "end",
        "banana",
        "s",
        "s_",
        "s5",
        "s5_2",
        "s5_0_0_0_0_0_0_0",
        "s5_0_0_0_0_0_0_0_0_0_0_0_0_0",
        "x5_2_1",
        "a3_4_0",
        "S5_2_1",
        "5_2_1",
        "-4_0_0",
        "s_2_1",
        "sabc_2_1",
        "sx_0_0",
        "s5__1",
        "s5_x_1",
        "s-5_0_0",
        "s-1_0_0",
        "s5_-1_0",
        "s+5_0_0",
        "s 5_0_0",
        "s5 _0_0",
        "s5_0_0 ",
        "s9223372036854775808_0_0",
        "s99999999999999999999_0_0",
        "s\u0665_0_0",
        "s\uff15_0_0",
        "\u00e9",
        "s5_2_1_",
        "m5~_0_0",
        "\ud800"
      })
  void token_malformed_isRefusedEverywhere(String token) {
    for (String path : new String[] {"/events", "/initialSync", ROOM_SNAPSHOT, MESSAGES}) {
      for (String name : new String[] {"from", "to"}) {
        Reply reply = edge.get(path, name, token);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
        assertThat(reply.error()).startsWith(name + ": ");
      }
    }
    assertThat(edge.engine.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"t44-3453_9_0", "t43--8_0_0", "t0-5_0_0_0"})
  void from_historyTokenForTheStream_isRefused(String from) {
    Reply reply = edge.get("/events", "from", from);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
    assertThat(edge.engine.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/initialSync", ROOM_SNAPSHOT, MESSAGES})
  void token_givenTwice_isRefused(String path) {
    for (String name : new String[] {"from", "to"}) {
      Reply reply = edge.get(path, name, "s5_2_1", name, "s5_2_1");

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
      assertThat(reply.error()).contains(name, "once");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s5_2_1", "t44-3453_9_0", "", "END"})
  void token_wellFormedWhereItIsOfNoUse_isIgnored(String token) {
    assertThat(edge.get("/events", "to", token).status()).isEqualTo(200);
    for (String path : new String[] {"/initialSync", ROOM_SNAPSHOT}) {
      for (String name : new String[] {"from", "to"}) {
        assertThat(edge.get(path, name, token).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void snapshot_withTokenAndTimeout_isAsWithout() {
    assertThat(edge.get("/initialSync", "from", "s5_2_1", "timeout", "500"))
        .isEqualTo(edge.get("/initialSync"));
  }

  @Test
  void messages_withTokens_passesThemOn() {
    edge.get(MESSAGES, "from", "t44--3_9_0", "to", "s007_0_0", "dir", "f");

    MessagesOptions page = edge.engine.only(Messages.class).options();
    assertThat(page.from()).contains(HistoryToken.parse("t44--3_9_0"));
    assertThat(page.to()).contains(StreamToken.of(7, 0, 0));
    assertThat(page.direction()).isEqualTo(Direction.FORWARD);
  }

  @ParameterizedTest
  @CsvSource({"b, from", "f, to"})
  void messages_endWhereTheAbsentTokenMeansTheEnd_isAsAbsent(String dir, String name) {
    assertThat(edge.get(MESSAGES, "dir", dir, name, "END").status()).isEqualTo(200);

    MessagesOptions page = edge.engine.only(Messages.class).options();
    assertThat(page.from()).isEmpty();
    assertThat(page.to()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"f, from", "b, to"})
  void messages_endWhereTheAbsentTokenMeansTheBeginning_isRefused(String dir, String name) {
    Reply reply = edge.get(MESSAGES, "dir", dir, name, "END");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({"f, from", "f, to", "b, from", "b, to"})
  void messages_emptyToken_isAsAbsent(String dir, String name) {
    assertThat(edge.get(MESSAGES, "dir", dir, name, "").status()).isEqualTo(200);
  }

  @Test
  void token_malformedWithAnotherErrcodeSet_hasThat() {
    TestEdge other =
        new TestEdge(RestSettings.DEFAULT.withErrcodes("M_BAD_PAGINATION", "M_BAD_JSON"));

    assertThat(other.get("/events", "from", "x").errcode()).isEqualTo("M_BAD_PAGINATION");
    assertThat(other.get("/events", "timeout", "x").errcode()).isEqualTo("M_BAD_PAGINATION");
    assertThat(other.get("/events", "limit", "x").errcode()).isEqualTo("M_BAD_JSON");
  }

  @Test
  void token_long_isCutInTheMessage() {
    Reply reply = edge.get("/events", "from", "s".repeat(10_000));

    assertThat(reply.error()).hasSizeLessThan(200);
  }

  @Test
  void token_cutThroughACharacter_isStillText() {
    Reply reply = edge.get("/events", "from", "x".repeat(63) + "\ud83d\ude00");

    assertThat(reply.error()).contains("x?");
  }
}
