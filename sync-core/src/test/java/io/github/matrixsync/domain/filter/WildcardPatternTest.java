package io.github.matrixsync.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What types with wildcards match. */
class WildcardPatternTest {
  private static final int ROUNDS = 50_000;

  @ParameterizedTest
  @CsvSource({
    "m.*, m., true",
    "m.*, m.room, true",
    "m.*, m, false",
    "m.*, am., false",
    "*.m, a.m, true",
    "*.m, a.mb, false",
    "a*a, a, false",
    "a*a, aa, true",
    "a*a, aba, true",
    "*aab*, aaab, true",
    "*aab*aab*, aaabaab, true",
    "*aab*aab*, aaabab, false",
    "*abab*c, abaababc, true",
    "a*b*c, abc, true",
    "a*b*c, acb, false",
    "a*bc*c, abc, false",
    "**, '', true"
  })
  void matches_wildcardAnywhere_isByTheWholeText(String pattern, String text, boolean matches) {
    assertThat(new WildcardPattern(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void matches_randomTexts_isWhatRegularExpressionsSay() {
    Random random = new Random(20150918L);
    for (int round = 0; round < ROUNDS; round++) {
      String text = letters(random, "ab*", 8) + "*" + letters(random, "ab*", 4);
      String candidate = letters(random, "ab", 14);
      Pattern expected = Pattern.compile(Arrays.stream(text.split("\\*", -1))
          .map(Pattern::quote)
          .collect(Collectors.joining(".*")));

      assertThat(new WildcardPattern(text).matches(candidate))
          .as("%s on '%s'", text, candidate)
          .isEqualTo(expected.matcher(candidate).matches());
    }
  }

  @Test
  void simplified_severalWildcardsInARow_areOne() {
    assertThat(WildcardPattern.simplified("a***b*c**")).isEqualTo("a*b*c*");
    assertThat(WildcardPattern.simplified("a.b")).isEqualTo("a.b");
    assertThat(new WildcardPattern("a*b")).hasToString("a*b");
  }

  /** A search that went back would take longer than anybody waits. */
  @Test
  void matches_textMadeToGoBack_takesOnePass() {
    String part = "a".repeat(20_000) + "b";
    WildcardPattern pattern = new WildcardPattern("*" + part + "*" + part + "*");

    assertThat(pattern.matches("a".repeat(2_000_000))).isFalse();
    assertThat(pattern.matches("a".repeat(1_000_000) + part + part)).isTrue();
  }

  private static String letters(Random random, String from, int most) {
    return random
        .ints(random.nextInt(most + 1), 0, from.length())
        .mapToObj(i -> from.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
