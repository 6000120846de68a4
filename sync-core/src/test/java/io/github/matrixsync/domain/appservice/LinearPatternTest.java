package io.github.matrixsync.domain.appservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {
  private static final String LONG_ID = "@irc_" + "_".repeat(240) + ":h";

  /** With backtracking, each of these would take longer than any timeout. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@irc_.*.*.*.*.*.*.*.*x",
        "@irc_(.*)*x",
        "@irc_(_+)+x",
        "@irc_(_|_)*x",
        "@irc_(_?){200}_{200}x",
        "@irc_(?=(_+)+x)",
        "@irc_.*:h(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)"
            + "(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)"
            + "(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)x"
      })
  void matchesStartOf_patternThatExplodesWithBacktracking_isAnswered(String pattern) {
    String matching = pattern.contains(":h") ? "@irc_:hx" : "@irc_" + "_".repeat(240) + "x";
    assertThat(matches(pattern, LONG_ID)).isFalse();
    assertThat(matches(pattern, matching)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "@irc_[^:]+:h @irc_a:h true",
        "@irc_[^:]+:h @irc_:h false",
        "@(?!irc_)[a-z_]+:h @irc_a:h false",
        "@(?!irc_)[a-z_]+:h @xmpp_a:h true",
        "@(?=.*:h$).* @a:h true",
        "@(?=.*:h$).* @a:hh false",
        "@(?!.*(?=b)b).* @a:h true",
        "@(?!.*(?=b)b).* @abc:h false",
        "@a{2,3}: @aaa:h true",
        "@a{2,3}: @aaaa:h false",
        "@a{2}: @aa:h true",
        "@a{2,}?: @aaaaa:h true",
        "@(?:a|bc)+: @abca:h true",
        "@(?<name>a|b): @b:h true",
        "(?i)(?s)@IRC_.* @irc_a:h true",
        "@(?i:IRC)_A @irc_a:h false",
        "@((?i)IRC)_A @irc_a:h false",
        "@(?:^|a)b @ab:h true",
        "@\\Qa.b\\E: @a.b:h true",
        "@\\Qa.b\\E: @axb:h false",
        "@\\Qab\\E*: @abbb:h true",
        "@\\Q1*[\\E: @1*[:h true",
        "@[\\Q]a\\E]*: @a]:h true",
        "@\\w+\\b:h @a1:h true",
        "@[]a]+: @]a:h true",
        "@[a-z&&[^b]]+: @abc:h false",
        "@\\p{L}+: @é:h true",
        "@\\x{1F600}: @😀:h true",
        "@.: @😀:h true",
        "@\\x61\\u0062\\0143: @abc:h true",
        "@()*a @a:h true",
        "@|! !a:h true",
        "@a\\z @a true"
      })
  void matchesStartOf_pattern_isAsJavaHasIt(String pattern, String id, boolean matches) {
    assertThat(matches(pattern, id)).isEqualTo(matches);
    assertThat(Pattern.compile(pattern).matcher(id).lookingAt()).isEqualTo(matches);
  }

  @Test
  void matchesStartOf_flagsOfThePattern_count() {
    assertThat(matches(Pattern.compile("@a.b", Pattern.LITERAL), "@a.b:h")).isTrue();
    assertThat(matches(Pattern.compile("@a.b", Pattern.LITERAL), "@axb:h")).isFalse();
    assertThat(matches(Pattern.compile("@A", Pattern.CASE_INSENSITIVE), "@a:h")).isTrue();
    assertThat(matches(Pattern.compile("@a."), "@a\nb")).isFalse();
    assertThat(matches(Pattern.compile("@a.", Pattern.DOTALL), "@a\nb")).isTrue();
    assertThat(matches(Pattern.compile("@.*^b", Pattern.DOTALL), "@a\nb")).isFalse();
    assertThat(matches(Pattern.compile("@.*^b", Pattern.DOTALL | Pattern.MULTILINE), "@a\nb"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@(a)\\1",
        "@(?<n>a)\\k<n>",
        "@a*+",
        "@a{1,2}+",
        "@(?>a)",
        "@(?<=@)a",
        "@(?<!a)a",
        "(?x)@ a",
        "@\\R",
        "@\\X",
        "@\\G",
        "@\\b{g}",
        "@a(?i)b",
        "@a|(?-i)b"
      })
  void new_whatNeedsBacktracking_isRefusedWithThePattern(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearPattern(Pattern.compile(pattern)))
        .withMessageContaining("not supported")
        .withMessageContaining(pattern);
  }

  @Test
  void new_commentsByFlag_areRefused() {
    Pattern pattern = Pattern.compile("@ a", Pattern.COMMENTS);
    assertThatIllegalArgumentException().isThrownBy(() -> new LinearPattern(pattern));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@(a{1000}){1000}", "@((((){1000}){1000}){1000}){1000}", "@(a?){0,3000}"})
  void new_moreStepsThanTheBound_isRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearPattern(Pattern.compile(pattern)))
        .withMessageContaining("2000 steps");
  }

  private static boolean matches(String pattern, String id) {
    return matches(Pattern.compile(pattern), id);
  }

  private static boolean matches(Pattern pattern, String id) {
    return new LinearPattern(pattern).matchesStartOf(id);
  }
}
