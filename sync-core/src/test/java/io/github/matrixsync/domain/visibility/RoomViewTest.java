package io.github.matrixsync.domain.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.JsonEvents;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may read what: the table of the specification, and the ranges compared with the rule for each single event. */
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

  /**
   * Columns: before, after, then whether users with leave or invite see it if they join later, and if they never do.
   */
  // More than five parameters: one for each column of the table.
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
  void ranges_randomHistories_agreeWithTheRuleAtEveryPosition() {
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
            .isEqualTo(mayRead(members, visibility, position));
      }
    }
  }

  /**
   * Columns: position, membership at the event there, visibility, whether it is world readable by the visibility before
   * or after it.
   */
  @ParameterizedTest
  @CsvSource({
    "1, LEAVE, SHARED, false",
    "2, INVITE, SHARED, false",
    "3, INVITE, WORLD_READABLE, true",
    "4, JOIN, WORLD_READABLE, true",
    "7, LEAVE, WORLD_READABLE, true",
    "10, JOIN, JOINED, true",
    "11, JOIN, JOINED, false",
    "12, BAN, JOINED, false"
  })
  void view_atAnEvent_isAfterTheChangesThere(
      long position, Membership membership, HistoryVisibility visibility, boolean open) {
    RoomView view = view(20);

    assertThat(view.membershipAt(position)).isEqualTo(membership);
    assertThat(view.joinedAt(position)).isEqualTo(membership == Membership.JOIN);
    assertThat(view.visibilityAt(position)).isEqualTo(visibility);
    assertThat(view.worldReadableAround(position)).isEqualTo(open);
  }

  /** Columns: as of, the latest change then, the last leave, whether the viewer has left, whether they ever joined. */
  @ParameterizedTest
  @CsvSource({
    "1, , , false, false",
    "2, 2, , false, false",
    "3, 2, , false, false",
    "4, 4, , false, true",
    "7, 7, 7, true, true",
    "8, 7, 7, true, true",
    "9, 9, , false, true",
    "12, 12, 12, true, true"
  })
  void view_asOf_heedsNoLaterChange(
      long asOf, @Nullable Long latest, @Nullable Long departure, boolean isOut, boolean everIn) {
    RoomView view = view(asOf);

    assertThat(view.latestChange().map(MemberChange::position))
        .isEqualTo(Optional.ofNullable(latest));
    assertThat(view.lastDeparture())
        .isEqualTo(departure == null ? OptionalLong.empty() : OptionalLong.of(departure));
    assertThat(view.isOut()).isEqualTo(isOut);
    assertThat(view.everJoined()).isEqualTo(everIn);
    assertThat(view.shows(backfilled(HistoryVisibility.WORLD_READABLE))).isTrue();
    assertThat(view.shows(backfilled(HistoryVisibility.SHARED))).isEqualTo(everIn);
    assertThat(view.shows(backfilled(HistoryVisibility.JOINED))).isFalse();
  }

  @Test
  void asStranger_seesWhatWasOpenToAll() {
    RoomView stranger = view(20).asStranger();

    assertThat(stranger.latestChange()).isEmpty();
    for (long position = 1; position <= 20; position++) {
      assertThat(stranger.ranges().coversPosition(position))
          .isEqualTo(position >= 3 && position <= 10);
    }
  }

  @Test
  void shows_outlier_isItsSubjectsUnlessTheyIgnoreWhoSentIt() {
    UserId other = UserId.parse("@o:h");

    assertThat(view(20).shows(invite(VIEWER))).isTrue();
    assertThat(view(20).shows(invite(other))).isFalse();
    assertThat(view(20).ignoring(Set.of(other)).shows(invite(VIEWER))).isTrue();
    assertThat(view(20).ignoring(Set.of(JsonEvents.ALICE)).shows(invite(VIEWER)))
        .isFalse();
  }

  private static StoredEvent invite(UserId subject) {
    return new StoredEvent(
        JsonEvents.builder("m.room.member")
            .stateKey(subject.value())
            .membership(Membership.INVITE)
            .build(),
        EventKind.OUTLIER,
        1,
        1,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static StoredEvent backfilled(HistoryVisibility visibility) {
    return new StoredEvent(
        JsonEvents.builder("m.t").build(),
        EventKind.BACKFILL,
        -1,
        1,
        Optional.empty(),
        List.of(),
        Optional.of(visibility),
        false,
        Optional.empty());
  }

  /** Invited at 2, joined from 4 to 7 and from 9 to 12, then banned; world readable from 3 to 10, then for members. */
  private static RoomView view(long asOf) {
    List<MemberChange> members = List.of(
        member(2, Membership.LEAVE, Membership.INVITE),
        member(4, Membership.INVITE, Membership.JOIN),
        member(7, Membership.JOIN, Membership.LEAVE),
        member(9, Membership.LEAVE, Membership.JOIN),
        member(12, Membership.JOIN, Membership.BAN));
    List<VisibilityChange> changes = List.of(
        visibility(3, HistoryVisibility.SHARED, HistoryVisibility.WORLD_READABLE),
        visibility(10, HistoryVisibility.WORLD_READABLE, HistoryVisibility.JOINED));
    return RoomView.of(VIEWER, new Timelines(members, changes), asOf);
  }

  private static boolean mayRead(
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
