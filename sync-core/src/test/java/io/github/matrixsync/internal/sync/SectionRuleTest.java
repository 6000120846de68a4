package io.github.matrixsync.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.sync.SectionRule.Place;
import io.github.matrixsync.store.state.MemberChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests in which section a room stands, by the specification's table of memberships. */
class SectionRuleTest {
  private static final UserId USER = UserId.parse("@b:x");
  private static final long SINCE = 10;
  private static final long END = 20;

  @ParameterizedTest(name = "{0} | {1} -> {2}")
  @DisplayName("Y14: the section of an increment, by the memberships before and after the token")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
          5 join                  | -                           | JOIN SINCE 20
          5 join                  | 12 join                     | JOIN SINCE 20
          5 join                  | 12 leave, 14 join           | JOIN NEW 20 told 10
          5 join                  | 12 ban, 13 leave, 14 join   | JOIN NEW 20 told 10
          5 join                  | 12 leave, 14 join, 16 leave | LEAVE NEW 16 told 10
          -                       | 12 join                     | JOIN NEW 20
          5 invite                | 12 join                     | JOIN NEW 20
          5 knock                 | 12 invite, 13 join          | JOIN NEW 20
          3 join, 5 leave         | 12 join                     | JOIN NEW 20 told 5
          3 join, 5 ban           | 12 leave, 13 join           | JOIN NEW 20 told 5
          3 join, 5 leave, 6 invite | 12 join                   | JOIN NEW 20 told 3
          3 join, 5 leave, 6 invite, 7 leave | 12 join          | JOIN NEW 20 told 3
          3 join, 5 leave, 6 join, 8 leave | 12 join            | JOIN NEW 20 told 8
          3 join, 5 leave, 6 join, 7 leave, 8 invite | 12 join  | JOIN NEW 20 told 3
          3 join, 5 leave, 6 join, 7 leave, 8 knock | 12 join   | JOIN NEW 20 told 3
          3 join, 4 leave, 5 invite, 6 join, 7 leave | 12 join  | JOIN NEW 20 told 7
          3 join, 4 leave, 5 invite, 6 join | 12 leave, 13 join | JOIN NEW 20 told 10
          3 join, 5 leave         | 12 invite, 13 join          | JOIN NEW 20 told 5
          5 join                  | 12 leave                    | LEAVE SINCE 12
          5 join                  | 12 ban                      | LEAVE SINCE 12
          5 join                  | 12 leave, 13 ban            | LEAVE SINCE 12
          5 join                  | 12 leave, 13 invite, 14 leave | LEAVE SINCE 12
          -                       | 12 join, 14 leave           | LEAVE NEW 14
          3 join, 5 leave         | 12 join, 14 leave           | LEAVE NEW 14 told 5
          -                       | 12 invite, 14 leave         | LEAVE OWN 14
          5 invite                | 14 leave                    | LEAVE OWN 14
          5 knock                 | 14 leave                    | LEAVE OWN 14
          -                       | 14 ban                      | LEAVE OWN 14
          3 ban                   | 14 leave                    | LEAVE OWN 14
          3 join, 5 leave         | 14 ban                      | LEAVE OWN 14
          -                       | 12 invite                   | INVITE OWN 20
          5 join                  | 12 leave, 13 invite         | INVITE OWN 20
          3 join, 5 leave         | 13 invite                   | INVITE OWN 20
          -                       | 13 knock                    | KNOCK OWN 20
          3 join, 5 leave         | -                           | -
          5 invite                | -                           | -
          5 knock                 | -                           | -
          5 ban                   | -                           | -
          5 join                  | 25 leave                    | JOIN SINCE 20
          """)
  void since_membershipsBeforeAndAfterTheToken_isTheSection(
      String before, String after, String expected) {
    List<MemberChange> changes = changes(before, after);

    assertThat(SectionRule.since(changes, List.of(), SINCE, END).map(SectionRuleTest::shown))
        .isEqualTo(Optional.ofNullable(expected));
  }

  /** The invitation was shown, and hid the stay's end, before its sender was ignored. */
  @ParameterizedTest
  @CsvSource({"4, 5", "7, 3", "10, 3", "11, 5"})
  void since_unwantedInvitationAfterTheLastStay_tellsFromTheFirstJoin(long invitation, long told) {
    List<MemberChange> changes = changes("3 join, 5 leave", "12 join");

    assertThat(
            SectionRule.since(changes, List.of(invitation), SINCE, END).map(SectionRuleTest::shown))
        .contains("JOIN NEW 20 told " + told);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @DisplayName("Y15: the section of a first answer, by the membership at its end")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
          -                          | -
          5 join                     | JOIN WHOLE 20
          5 join, 7 leave, 9 join    | JOIN WHOLE 20
          5 invite                   | INVITE OWN 20
          5 knock                    | KNOCK OWN 20
          5 join, 7 leave            | LEAVE WHOLE 7
          5 join, 7 ban              | LEAVE WHOLE 7
          5 join, 7 leave, 9 ban     | LEAVE WHOLE 7
          5 invite, 7 leave          | -
          5 knock, 7 leave           | -
          5 ban                      | -
          5 join, 7 leave, 9 invite  | INVITE OWN 20
          """)
  void whole_membershipAtTheEnd_isTheSection(String memberships, String expected) {
    assertThat(SectionRule.whole(changes(memberships, null), END).map(SectionRuleTest::shown))
        .isEqualTo(Optional.ofNullable(expected));
  }

  private static String shown(Place place) {
    String told = place.told().isPresent() ? " told " + place.told().getAsLong() : "";
    return place.section() + " " + place.coverage() + " " + place.upTo() + told;
  }

  /** Parses changes such as {@code 5 join, 7 leave}. */
  private static List<MemberChange> changes(String before, String after) {
    List<MemberChange> changes = new ArrayList<>();
    Membership membership = Membership.LEAVE;
    for (String all : new String[] {before, after}) {
      for (String one : all == null ? new String[0] : all.split(",")) {
        String[] words = one.strip().split(" ");
        long position = Long.parseLong(words[0]);
        Membership next = Membership.valueOf(words[1].toUpperCase(Locale.ROOT));
        changes.add(new MemberChange(
            position, USER, membership, next, Optional.of(EventId.parse("$" + position + ":x"))));
        membership = next;
      }
    }
    return changes;
  }
}
