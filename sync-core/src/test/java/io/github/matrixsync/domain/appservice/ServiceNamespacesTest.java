package io.github.matrixsync.domain.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNamespacesTest {
  private static final ServiceNamespaces NONE =
      ServiceNamespaces.of(List.of(), List.of(), List.of());

  @ParameterizedTest
  @CsvSource({
    "@irc_.*, @irc_a:h, true",
    "@irc_.*:h, @irc_a:h, true",
    "@irc_.*:h, @irc_a:other, false",
    "@irc_, @irc_a:h, true",
    "irc_.*, @irc_a:h, false",
    ".*irc_, @irc_a:h, true",
    "@irc_a:h$, @irc_a:h, true",
    "@irc_a$, @irc_a:h, false",
    "@IRC_.*, @irc_a:h, false",
    "(?i)@IRC_.*, @irc_a:h, true"
  })
  void matchesUser_pattern_isTriedFromTheStartAndNeedNotReachTheEnd(
      String pattern, String user, boolean matches) {
    assertThat(users(pattern).matchesUser(UserId.parse(user))).isEqualTo(matches);
  }

  @Test
  void matches_severalPatterns_oneIsEnough() {
    assertThat(users("@x", "@irc").matchesUser(UserId.parse("@irc_a:h"))).isTrue();
  }

  @Test
  void matches_eachNamespace_isOfItsKindAlone() {
    ServiceNamespaces rooms =
        ServiceNamespaces.of(List.of(), List.of(Pattern.compile("!a")), List.of());
    ServiceNamespaces aliases =
        ServiceNamespaces.of(List.of(), List.of(), List.of(Pattern.compile("#a")));
    assertThat(rooms.matchesRoom(RoomId.parse("!a:h"))).isTrue();
    assertThat(rooms.matchesRoom(RoomId.parse("!b:h"))).isFalse();
    assertThat(rooms.matchesAlias(RoomAlias.parse("#a:h"))).isFalse();
    assertThat(aliases.matchesAlias(RoomAlias.parse("#a:h"))).isTrue();
    assertThat(aliases.matchesAlias(RoomAlias.parse("#b:h"))).isFalse();
    assertThat(aliases.matchesRoom(RoomId.parse("!a:h"))).isFalse();
    assertThat(aliases.hasAliases()).isTrue();
    assertThat(rooms.hasAliases()).isFalse();
  }

  @Test
  void matches_noPattern_isNothing() {
    assertThat(NONE.matchesUser(UserId.parse("@a:h"))).isFalse();
    assertThat(NONE.matchesRoom(RoomId.parse("!a:h"))).isFalse();
    assertThat(NONE.matchesAlias(RoomAlias.parse("#a:h"))).isFalse();
  }

  @Test
  void equals_samePatterns_whoeverCompiledThem() {
    assertThat(users("@a")).isEqualTo(users("@a")).hasSameHashCodeAs(users("@a"));
    assertThat(users("@a")).isNotEqualTo(users("@b")).isNotEqualTo(NONE);
    assertThat(users("@a"))
        .isNotEqualTo(ServiceNamespaces.of(
            List.of(Pattern.compile("@a", Pattern.CASE_INSENSITIVE)), List.of(), List.of()));
    assertThat(users("@a")).doesNotHaveSameHashCodeAs(users("@b"));
    assertThat(users("@a").toString()).contains("@a");
    List<Pattern> one = List.of(Pattern.compile("1"));
    List<Pattern> two = List.of(Pattern.compile("2"));
    assertThat(ServiceNamespaces.of(List.of(), one, one))
        .isEqualTo(ServiceNamespaces.of(List.of(), one, one))
        .isNotEqualTo(ServiceNamespaces.of(List.of(), two, one))
        .isNotEqualTo(ServiceNamespaces.of(List.of(), one, two));
    assertThat(users("@a"))
        .isNotEqualTo(ServiceNamespaces.of(List.of(), List.of(Pattern.compile("@a")), List.of()));
  }

  private static ServiceNamespaces users(String... patterns) {
    return ServiceNamespaces.of(
        List.of(patterns).stream().map(Pattern::compile).toList(), List.of(), List.of());
  }
}
