package io.github.matrixsync.homeserver.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "cake, CAKE, true",
    "cake, cakes, false",
    "ca?e, cafe, true",
    "c*e, ce, true",
    "c*e, ceiling, false",
    "*, '', true",
    "'', '', true",
    "a.c, abc, false",
    "?, \uD83D\uDE00, true",
    "É*, était, true"
  })
  void matches_wholeText_followsWildcards(String pattern, String text, boolean expected) {
    assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "cake, I like Cake., true",
    "cake, pancakes, false",
    "cak?, a cake, true",
    "c*s, two cakes, true",
    "lunch*, let us have lunchboxes now, true",
    "cake, '', false",
    "'', 'a, b', true",
    "'', a b, false"
  })
  void matchesWordsOf_text_matchesAtWordBoundaries(String pattern, String text, boolean expected) {
    assertThat(Glob.of(pattern).matchesWordsOf(text)).isEqualTo(expected);
  }

  @Test
  void literal_withWildcardCharacters_matchesThemLiterally() {
    assertThat(Glob.literal("a*").matchesWordsOf("an a* here")).isTrue();
    assertThat(Glob.literal("a*").matchesWordsOf("an ab here")).isFalse();
  }

  @Test
  void matches_randomPatterns_agreesWithARegularExpression() {
    Random random = new Random(20);
    for (int i = 0; i < 20_000; i++) {
      String glob = text(random, "ab*?.");
      String text = text(random, "ab. ");
      String regex = glob.replace(".", "\\.").replace("*", ".*").replace("?", ".");

      assertThat(Glob.of(glob).matches(text))
          .as("%s of all of %s", glob, text)
          .isEqualTo(Pattern.matches(regex, text));
      assertThat(Glob.of(glob).matchesWordsOf(text))
          .as("%s of words of %s", glob, text)
          .isEqualTo(Pattern.compile("(?:^|\\W)(?:" + regex + ")(?:\\W|$)")
              .matcher(text)
              .find());
    }
  }

  /** A backtracking matcher would practically never finish. */
  @Test
  void matches_manyWildcardsAndALongText_ends() {
    String glob = "*a".repeat(30) + "*b";
    String text = "a".repeat(10_000);

    assertThat(Glob.of(glob).matches(text)).isFalse();
    assertThat(Glob.of(glob).matchesWordsOf(text)).isFalse();
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
