package io.github.matrixsync.internal.encoding;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgesTest {
  /** The numbers around every power of ten, and the greatest. */
  static LongStream ages() {
    LongStream powers = LongStream.iterate(1, power -> power * 10).limit(Ages.MOST_DIGITS);
    return LongStream.concat(
        LongStream.of(0, Long.MAX_VALUE),
        powers.flatMap(power -> LongStream.of(power - 1, power, power + 1)));
  }

  @ParameterizedTest
  @MethodSource("ages")
  void print_anyAge_isItsDecimalDigits(long age) {
    byte[] target = new byte[Ages.MOST_DIGITS];
    int first = Ages.print(age, target);

    assertThat(new String(target, first, target.length - first, US_ASCII))
        .isEqualTo(Long.toString(age));
    assertThat(Ages.digits(age)).isEqualTo(target.length - first);
  }
}
