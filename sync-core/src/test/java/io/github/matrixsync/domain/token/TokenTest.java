package io.github.matrixsync.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.model.HistoryPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of a token, and every malformed one. */
class TokenTest {
  @ParameterizedTest
  @CsvSource({
    "s3456_9_0, s3456_9_0",
    "s5_2_1, s5_2_1",
    "s0_0_0, s0_0_0",
    "s007_0_0, s7_0_0",
    "s0003456_9_0, s3456_9_0",
    "s5_2_1_4, s5_2_1_4",
    "s5_2_1_4_8, s5_2_1_4_8",
    "s9223372036854775807_0_0, s9223372036854775807_0_0",
    "s0000000000000000001_0_0, s1_0_0",
    "t44-3453_9_0, t44-3453_9_0",
    "t43--8_9_0, t43--8_9_0",
    "t0-0_0_0_3, t0-0_0_0_3"
  })
  void parse_wellFormed_printsInOneForm(String text, String printed) {
    PaginationToken token = PaginationToken.parse(text);

    assertThat(token).hasToString(printed);
    assertThat(PaginationToken.parse(token.toString())).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "banana",
        "START",
        "END",
        "s",
        "s_",
        "s5",
        "s5_2",
        "a3_4_0",
        "-4_0_0",
        "2_0_0",
        "5_2_1",
        "x5_2_1",
        "S5_2_1",
        "S5_0_0",
        "sx_0_0",
        "sabc_2_1",
        "s_2_1",
        "s5__0",
        "s5__1",
        "s5_x_0",
        "s5_x_1",
        "s-5_0_0",
        "s-1_0_0",
        "s5_-1_0",
        "s+5_0_0",
        "s 5_0_0",
        "s5 _0_0",
        "s5_2_1_",
        "s5_2_1_0_0_0_0_0",
        "s5_0_0_0_0_0_0_0_0_0_0_0_0_0",
        "m5~_0_0",
        "s9223372036854775808_0_0",
        "s99999999999999999999_0_0",
        "s00000000000000000001_0_0",
        "s\u0665_0_0",
        "s5_0_0 ",
        " s5_0_0",
        "s5_0_0\n",
        "t",
        "t44_9_0",
        "t44-_9_0",
        "t-3_9_0",
        "t44-3453",
        "t44-3453_9",
        "t-1-3_0_0",
        "t4-3-2_0_0",
        "t4---3_0_0",
        "t4-+3_0_0",
        "t4-3_0_0_0_0_0_0_0",
        "T4-3_0_0"
      })
  void parse_malformed_isOneKindOfErrorThatSaysWhy(String text) {
    assertThatThrownBy(() -> PaginationToken.parse(text))
        .isInstanceOf(InvalidTokenException.class)
        .hasMessageContaining("got '");
  }

  @Test
  void parse_malformedAndLong_isShownCut() {
    assertThatThrownBy(() -> StreamToken.parse("s" + "9".repeat(5_000)))
        .isInstanceOf(InvalidTokenException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void parse_missingParts_areZero() {
    StreamToken token = StreamToken.parse("s5_2_1");

    assertThat(token.receipts()).isZero();
    assertThat(token.accountData()).isZero();
    assertThat(token.toDevice()).isZero();
    assertThat(token.deviceLists()).isZero();
    assertThat(token.requireAtMost(4)).hasToString("s5_2_1_0");
  }

  @Test
  void requireAtMost_morePartsThanThat_isAnError() {
    StreamToken token = StreamToken.parse("s5_2_1_7");

    assertThatThrownBy(() -> token.requireAtMost(3)).isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void max_oneIsNowhereLess_isThatOne() {
    StreamToken less = StreamToken.of(4, 2, 0);
    StreamToken greater = StreamToken.of(5, 2, 0);

    assertThat(less.max(greater)).isSameAs(greater);
    assertThat(greater.max(less)).isSameAs(greater);
  }

  @Test
  void isAheadOf_isAskedPerPart() {
    StreamToken left = StreamToken.of(5, 1, 0);
    StreamToken right = StreamToken.of(4, 2, 0);

    assertThat(left.isAheadOf(right)).isTrue();
    assertThat(right.isAheadOf(left)).isTrue();
    assertThat(left.isAheadOf(left)).isFalse();
    assertThat(left.max(right)).isEqualTo(StreamToken.of(5, 2, 0));
  }

  @Test
  void before_anEvent_hasItsDepthAndThePositionBeforeIt() {
    HistoryToken token =
        HistoryToken.before(new HistoryPoint(44, 3454), StreamToken.of(3456, 9, 0));

    assertThat(token).hasToString("t44-3453_9_0");
  }

  @Test
  void parts_eachHasItsName() {
    StreamToken token = StreamToken.of(7, 6, 5, 4, 3, 2, 1);

    assertThat(token.room()).isEqualTo(7);
    assertThat(token.presence()).isEqualTo(6);
    assertThat(token.typing()).isEqualTo(5);
    assertThat(token.receipts()).isEqualTo(4);
    assertThat(token.accountData()).isEqualTo(3);
    assertThat(token.toDevice()).isEqualTo(2);
    assertThat(token.deviceLists()).isEqualTo(1);
    assertThat(token.part(7)).isZero();
    assertThat(token.size()).isEqualTo(7);
  }

  @Test
  void of_threeToSevenPartsFromZeroOn_isAToken() {
    assertThat(StreamToken.of(0, 0, 0)).hasToString("s0_0_0");
    assertThatThrownBy(() -> StreamToken.of(1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StreamToken.of(1, 2, 3, 4, 5, 6, 7, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StreamToken.of(1, -1, 3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equals_anyOtherPart_isAnother() {
    StreamToken token = StreamToken.of(5, 2, 1);

    assertThat(token).isEqualTo(StreamToken.parse("s5_2_1")).isNotEqualTo("s5_2_1");
    assertThat(token).hasSameHashCodeAs(StreamToken.of(5, 2, 1));
    for (StreamToken other : new StreamToken[] {
      token.withRoom(4), token.withPart(1, 1), token.withPart(2, 0), token.resized(4)
    }) {
      assertThat(token).isNotEqualTo(other).doesNotHaveSameHashCodeAs(other);
    }
  }

  @Test
  void requireAtMost_noMorePartsThanThat_isTheToken() {
    StreamToken token = StreamToken.of(5, 2, 1);

    assertThat(token.requireAtMost(3)).isSameAs(token);
    assertThat(token.max(StreamToken.of(4, 3, 0))).isEqualTo(StreamToken.of(5, 3, 1));
  }

  @Test
  void parse_malformedPart_isShownUpTo64Characters() {
    assertThatThrownBy(() -> StreamToken.parse("x".repeat(64)))
        .hasMessageEndingWith("got '" + "x".repeat(64) + "'");
    assertThatThrownBy(() -> StreamToken.parse("x".repeat(65)))
        .hasMessageEndingWith("got '" + "x".repeat(64) + "...'");
  }

  @Test
  void historyToken_negativeDepth_isRefused() {
    StreamToken rest = StreamToken.of(3, 0, 0);

    assertThat(new HistoryToken(new HistoryPoint(0, 1), rest)).hasToString("t0-1_0_0");
    assertThatThrownBy(() -> new HistoryToken(new HistoryPoint(-1, 1), rest))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
