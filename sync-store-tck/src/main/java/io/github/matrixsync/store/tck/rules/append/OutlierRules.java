package io.github.matrixsync.store.tck.rules.append;

import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.outliers;
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.history;
import static io.github.matrixsync.store.tck.support.StoreReads.joined;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.redactedBy;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static io.github.matrixsync.store.tck.support.StoreReads.timelines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Tests outliers, events without their room's state: the rule A4, and the other rules for outliers.
 */
public interface OutlierRules extends AppendFixture {
  @Test
  default void a4_append_outlierBecomesLive_standsTwice() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    long known = tested().append(outliers(invite)).get(0);
    long live = live(invite).get(0);

    assertThat(live).isGreaterThan(known);
    assertThat(log(tested(), Interest.everything(), start(), live))
        .extracting(StoredEvent::kind, StoredEvent::position, StoredEvent::subjectKnows)
        .containsExactlyInAnyOrder(
            tuple(EventKind.OUTLIER, known, false), tuple(EventKind.LIVE, live, true));
    assertThat(event(tested(), "a").position()).isEqualTo(live);
  }

  @Test
  default void a4_append_outlierAndLiveInOneBatch_takeTwoPositions() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);

    List<Long> at = tested().append(List.of(Append.outlier(invite), Append.live(invite)));

    assertThat(at.get(1)).isGreaterThan(at.get(0));
    assertThat(event(tested(), "a").subjectKnows()).isTrue();
  }

  @Test
  default void a4_append_outlierWithoutSubjectBecomesLive_nobodyKnowsIt() {
    tested().append(outliers(message("a")));
    long live = live(message("a")).get(0);

    assertThat(event(tested(), "a").position()).isEqualTo(live);
    assertThat(event(tested(), "a").subjectKnows()).isFalse();
  }

  @Test
  default void a4_append_outlierThatChangedNothingBecomesLive_itsSubjectDoesNotKnowIt() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    store().append(List.of(new Append(invite, EventKind.OUTLIER, List.of(), Optional.empty())));
    live(invite);

    assertThat(event(store(), "a").subjectKnows()).isFalse();
  }

  @Test
  default void a5_append_outlierMember_changesMembershipAndNoState() {
    long at = tested().append(outliers(member("a", BOB, Membership.INVITE))).get(0);

    assertThat(state(tested(), ROOM, at)).isEmpty();
    assertThat(event(tested(), "a").replaces()).isEmpty();
    assertThat(event(tested(), "a").changes())
        .containsExactly(change(at, Membership.LEAVE, Membership.INVITE));
  }

  @Test
  default void a5_append_outlierWithoutEntries_changesNothing() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    Append bare = new Append(invite, EventKind.OUTLIER, List.of(), Optional.empty());
    long at = tested().append(List.of(bare)).get(0);

    assertThat(event(tested(), "a").changes()).isEmpty();
    assertThat(tested().memberships(BOB, at)).isEmpty();
  }

  @Test
  default void a5_append_outlierThatIsToChangeState_isRefused() {
    Append wrong = new Append(
        topic("a"), EventKind.OUTLIER, List.of(StateEntry.of(topic("a"))), Optional.empty());

    assertThatThrownBy(() -> tested().append(List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void a5_append_outlierBecomesLive_setsItsEntryThereAndReplacesNothing() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    tested().append(outliers(invite));
    live(message("b"));
    long live = live(invite).get(0);

    assertThat(names(state(tested(), ROOM, live))).containsExactly("a");
    assertThat(event(tested(), "a").replaces()).isEmpty();
    assertThat(event(tested(), "a").changes())
        .containsExactly(change(live, Membership.INVITE, Membership.INVITE));
  }

  @Test
  default void s2_memberships_ofOutliers_countFromTheirPositionOn() {
    long first = tested().append(outliers(member("a", BOB, Membership.INVITE))).get(0);
    long second = live(member("b", BOB, Membership.JOIN)).get(0);
    long third = tested().append(outliers(member("c", BOB, Membership.LEAVE))).get(0);

    assertThat(tested().memberships(BOB, first))
        .isEqualTo(Map.of(ROOM, change(first, Membership.LEAVE, Membership.INVITE)));
    assertThat(timelines(tested(), BOB, ROOM, third).members())
        .extracting(MemberChange::position, MemberChange::before, MemberChange::after)
        .containsExactly(
            tuple(first, Membership.LEAVE, Membership.INVITE),
            tuple(second, Membership.INVITE, Membership.JOIN),
            tuple(third, Membership.JOIN, Membership.LEAVE));
    assertThat(joined(tested(), ROOM, second)).containsExactly(BOB);
    assertThat(joined(tested(), ROOM, third)).isEmpty();
  }

  @Test
  default void b3_log_ofAUser_holdsOutliersAboutThem() {
    long end = tested().append(outliers(member("a", BOB, Membership.INVITE))).get(0);

    assertThat(names(log(tested(), Interest.of(BOB), start(), end))).contains("a");
    assertThat(names(log(tested(), Interest.of(ROOM), start(), end))).contains("a");
    assertThat(names(log(tested(), Interest.everything(), start(), end))).contains("a");
  }

  @Test
  default void h1_history_outlier_isNotInItUntilItIsLive() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    tested().append(outliers(invite));
    long end = live(message("b")).get(0);
    assertThat(names(history(tested(), end, Direction.FORWARD))).containsExactly("b");

    end = live(invite).get(0);
    assertThat(names(history(tested(), end, Direction.FORWARD)))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  default void h2_pointAt_outlier_isNoPoint() {
    long at = tested().append(outliers(message("a", 9))).get(0);

    assertThat(tested().pointAt(ROOM, at)).isEqualTo(HistoryPoint.START);
  }

  @Test
  default void d1_events_outlierRedaction_countsOnceItIsLive() {
    live(message("a"));
    tested().append(outliers(redaction("r", "a")));
    assertThat(event(tested(), "a").redaction()).isEmpty();

    live(redaction("r", "a"));
    assertThat(redactedBy(event(tested(), "a"))).contains("r");
  }

  @Test
  default void d1_log_targetIsOutlierAndLive_bothAreRedacted() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    tested().append(outliers(invite));
    long end = live(invite).get(0);
    live(redaction("r", "a"));

    assertThat(log(tested(), Interest.everything(), start(), end))
        .extracting(StoreReads::redactedBy)
        .isNotEmpty()
        .containsOnly(Optional.of("r"));
  }

  private static MemberChange change(long at, Membership before, Membership after) {
    return new MemberChange(at, BOB, before, after, Optional.of(id("a")));
  }
}
