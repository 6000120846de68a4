package io.github.matrixsync.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.Timelines;
import io.github.matrixsync.store.VisibilityChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may read what: the table, and the ranges against an event by event reckoning of its sentences. */
class RoomViewTest {
  private static final UserId VIEWER = UserId.parse("@v:h");

  /** Columns: visibility, membership at the event, joined later, never after. */
  @ParameterizedTest
  @CsvSource({
    "WORLD_READABLE, JOIN, true, true", "WORLD_READABLE, INVITE, true, true",
    "WORLD_READABLE, KNOCK, true, true", "WORLD_READABLE, LEAVE, true, true",
    "WORLD_READABLE, BAN, true, true", "SHARED, JOIN, true, true",
    "SHARED, INVITE, true, false", "SHARED, KNOCK, true, false",
    "SHARED, LEAVE, true, false", "SHARED, BAN, true, false",
    "INVITED, JOIN, true, true", "INVITED, INVITE, true, true",
    "INVITED, KNOCK, false, false", "INVITED, LEAVE, false, false",
    "INVITED, BAN, false, false", "JOINED, JOIN, true, true",
    "JOINED, INVITE, false, false", "JOINED, KNOCK, false, false",
    "JOINED, LEAVE, false, false", "JOINED, BAN, false, false"
  })
  void allows_everyRowOfTheTable(
      HistoryVisibility visibility, Membership membership, boolean later, boolean never) {
    assertThat(Visibility.allows(visibility, membership, true)).isEqualTo(later);
    assertThat(Visibility.allows(visibility, membership, false)).isEqualTo(never);
  }

  /** Columns: before, after, then whether leave and invite see it who join later, and who never do. */
  @ParameterizedTest
  @CsvSource({
    "WORLD_READABLE, JOINED, true, true, true, true",
    "JOINED, WORLD_READABLE, true, true, true, true",
    "SHARED, SHARED, true, true, false, false",
    "SHARED, INVITED, true, true, false, true",
    "SHARED, JOINED, true, true, false, false",
    "INVITED, SHARED, true, true, false, true",
    "INVITED, INVITED, false, true, false, true",
    "INVITED, JOINED, false, true, false, true",
    "JOINED, SHARED, true, true, false, false",
    "JOINED, INVITED, false, true, false, true",
    "JOINED, JOINED, false, false, false, false"
  })
  void ranges_visibilityEventItself_isSeenByTheValueBeforeOrAfter(
      HistoryVisibility before,
      HistoryVisibility after,
      boolean laterLeave,
      boolean laterInvite,
      boolean neverLeave,
      boolean neverInvite) {
    assertThat(seesChange(before, after, false, true)).isEqualTo(laterLeave);
    assertThat(seesChange(before, after, true, true)).isEqualTo(laterInvite);
    assertThat(seesChange(before, after, false, false)).isEqualTo(neverLeave);
    assertThat(seesChange(before, after, true, false)).isEqualTo(neverInvite);
  }

  private static boolean seesChange(
      HistoryVisibility before, HistoryVisibility after, boolean invited, boolean joinsLater) {
    List<MemberChange> members = new ArrayList<>();
    if (invited) {
      members.add(member(2, Membership.LEAVE, Membership.INVITE));
    }
    if (joinsLater) {
      members.add(member(9, invited ? Membership.INVITE : Membership.LEAVE, Membership.JOIN));
    }
    Timelines lines = new Timelines(
        members,
        List.of(visibility(1, HistoryVisibility.SHARED, before), visibility(5, before, after)));
    return RoomView.of(VIEWER, lines, 10).ranges().coversPosition(5);
  }

  @Test
  void ranges_randomHistories_agreeWithTheSentencesAtEveryPosition() {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      int end = 20;
      List<MemberChange> members = new ArrayList<>();
      List<VisibilityChange> visibility = new ArrayList<>();
      Membership membership = Membership.LEAVE;
      HistoryVisibility value = HistoryVisibility.SHARED;
      for (int position = 1; position <= end; position++) {
        if (random.nextInt(4) == 0) {
          Membership next = Membership.values()[random.nextInt(5)];
          members.add(member(position, membership, next));
          membership = next;
        } else if (random.nextInt(4) == 0) {
          HistoryVisibility next = HistoryVisibility.values()[random.nextInt(4)];
          visibility.add(visibility(position, value, next));
          value = next;
        }
      }
      RoomView view = RoomView.of(VIEWER, new Timelines(members, visibility), end);
      for (int position = 1; position <= end; position++) {
        assertThat(view.ranges().coversPosition(position))
            .as("seed %d, position %d, %s, %s", seed, position, members, visibility)
            .isEqualTo(sentence(members, visibility, position));
      }
    }
  }

  private static boolean sentence(
      List<MemberChange> members, List<VisibilityChange> changes, int position) {
    Membership at = Membership.LEAVE;
    boolean later = false;
    for (MemberChange change : members) {
      if (change.position() <= position) {
        at = change.after();
      } else if (change.before() != Membership.JOIN && change.after() == Membership.JOIN) {
        later = true;
      }
    }
    HistoryVisibility now = HistoryVisibility.SHARED;
    HistoryVisibility before = HistoryVisibility.SHARED;
    for (VisibilityChange change : changes) {
      if (change.position() <= position) {
        before = change.position() == position ? now : change.after();
        now = change.after();
      }
    }
    return allowed(now, at, later) || allowed(before, at, later);
  }

  private static boolean allowed(HistoryVisibility value, Membership at, boolean later) {
    boolean member = at == Membership.JOIN;
    return value == HistoryVisibility.WORLD_READABLE
        || member
        || (value == HistoryVisibility.SHARED && later)
        || (value == HistoryVisibility.INVITED && at == Membership.INVITE);
  }

  private static MemberChange member(long position, Membership before, Membership after) {
    return new MemberChange(position, VIEWER, before, after, Optional.empty());
  }

  private static VisibilityChange visibility(
      long position, HistoryVisibility before, HistoryVisibility after) {
    return new VisibilityChange(position, before, after, Optional.empty(), true);
  }
}
