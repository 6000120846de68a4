package io.github.matrixsync.store.tck.rules.append;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.TOPIC;
import static io.github.matrixsync.store.tck.support.Events.entry;
import static io.github.matrixsync.store.tck.support.Events.gone;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.memberIn;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.resolving;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.Events.visibility;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.joined;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static io.github.matrixsync.store.tck.support.StoreReads.timelines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests state that the host resolved itself: the rule A5. */
public interface ResolvedStateRules extends AppendFixture {
  @Test
  default void a5_append_namedEntries_takeEffectAtTheBringer() {
    live(topic("a"), topic("b"), member("j", BOB, Membership.JOIN));
    long at = append(resolving("c", entry(TOPIC, "", "a"), gone(RoomEvent.MEMBER, BOB.value())));

    assertThat(names(state(tested(), ROOM, at))).containsExactly("a");
    assertThat(joined(tested(), ROOM, at)).isEmpty();
    assertThat(event(tested(), "c").changes())
        .containsExactlyInAnyOrder(
            new EntryChange(at, TOPIC, "", Optional.of(id("a"))),
            new MemberChange(at, BOB, Membership.JOIN, Membership.LEAVE, Optional.empty()));
  }

  @Test
  default void a5_append_stateEventWithoutEntries_changesNothingAndNamesWhatItWouldReplace() {
    live(topic("a"));
    long at = append(Append.live(topic("b"), List.of()));

    assertThat(names(state(tested(), ROOM, at))).containsExactly("a");
    assertThat(event(tested(), "b").changes()).isEmpty();
    assertThat(event(tested(), "b").replaces()).contains(id("a"));
  }

  @Test
  default void a5_append_entryThatIsSetAlready_changesNothing() {
    live(topic("a"));
    append(resolving("b", entry(TOPIC, "", "a"), gone("m.room.name", "")));

    assertThat(event(tested(), "b").changes()).isEmpty();
  }

  @Test
  default void a5_append_entryNamesALaterEventOfTheBatch_whichBringsItAllTheSame() {
    List<Long> at =
        tested().append(List.of(resolving("a", entry(TOPIC, "", "b")), Append.live(topic("b"))));

    assertThat(names(state(tested(), ROOM, at.get(0)))).containsExactly("b");
    assertThat(event(tested(), "b").changes())
        .containsExactly(new EntryChange(at.get(1), TOPIC, "", Optional.of(id("b"))));
    assertThat(event(tested(), "b").replaces()).isEmpty();
  }

  @Test
  default void a5_append_outlierThatIsStateBecomesLive_bringsItsEntryAllTheSame() {
    RoomEvent join = member("a", BOB, Membership.JOIN);
    append(new Append(join, EventKind.OUTLIER, List.of(), Optional.empty()));
    append(resolving("b", entry(RoomEvent.MEMBER, BOB.value(), "a")));
    long live = append(Append.live(join));

    assertThat(event(store(), "a").changes())
        .containsExactly(
            new MemberChange(live, BOB, Membership.JOIN, Membership.JOIN, Optional.of(id("a"))));
    assertThat(joined(store(), ROOM, live)).containsExactly(BOB);
  }

  @Test
  default void a5_append_visibility_isABoundaryAtItsOwnEventOnly() {
    List<Long> at =
        live(visibility("a", HistoryVisibility.JOINED), visibility("b", HistoryVisibility.INVITED));
    long back = append(resolving("c", entry(RoomEvent.HISTORY_VISIBILITY, "", "a")));
    long none = append(resolving("d", gone(RoomEvent.HISTORY_VISIBILITY, "")));

    assertThat(timelines(tested(), ALICE, ROOM, none).visibility())
        .containsExactly(
            change(at.get(0), HistoryVisibility.SHARED, HistoryVisibility.JOINED, "a", true),
            change(at.get(1), HistoryVisibility.JOINED, HistoryVisibility.INVITED, "b", true),
            change(back, HistoryVisibility.INVITED, HistoryVisibility.JOINED, "a", false),
            new VisibilityChange(
                none, HistoryVisibility.JOINED, HistoryVisibility.SHARED, Optional.empty(), false));
  }

  @Test
  default void a5_append_entryThatDoesNotFit_isRefused() {
    live(topic("a"), message("b"), memberIn(OTHER_ROOM, "c", BOB, Membership.JOIN));

    assertRefused("another type", entry("m.room.name", "", "a"));
    assertRefused("another state key", entry(TOPIC, "other", "a"));
    assertRefused("another room", entry(RoomEvent.MEMBER, BOB.value(), "c"));
    assertRefused("a message", entry("m.room.message", "", "b"));
    assertRefused("an unknown event", entry(TOPIC, "", "unknown"));
    assertRefused("an entry twice", entry(TOPIC, "", "a"), gone(TOPIC, ""));
  }

  @Test
  default void s2_memberships_ofAMemberEventThatLost_areThoseOfBefore() {
    live(member("a", BOB, Membership.JOIN));
    append(Append.live(member("b", BOB, Membership.LEAVE), List.of()));
    long end = append(Append.live(member("c", CAROL, Membership.JOIN), List.of()));

    assertThat(joined(store(), ROOM, end)).containsExactly(BOB);
    assertThat(store().memberships(BOB, end).get(ROOM))
        .extracting(MemberChange::after, MemberChange::event)
        .containsExactly(Membership.JOIN, Optional.of(id("a")));
    assertThat(store().memberships(CAROL, end)).isEmpty();
    assertThat(timelines(store(), CAROL, ROOM, end).members()).isEmpty();
  }

  @Test
  default void b3_log_ofAUserMovedByAnotherEvent_holdsTheRoomFromThere() {
    append(Append.live(member("a", BOB, Membership.JOIN), List.of()));
    long before = append(Append.live(message("b")));
    append(resolving("c", entry(RoomEvent.MEMBER, BOB.value(), "a")));
    long end = append(Append.live(message("d")));

    assertThat(names(log(store(), Interest.of(BOB), before, end))).contains("c", "d");
  }

  private void assertRefused(String what, StateEntry... entries) {
    assertThatThrownBy(() -> append(resolving("refused", entries)))
        .as(what)
        .isInstanceOf(IllegalArgumentException.class);
  }

  private long append(Append append) {
    return tested().append(List.of(append)).get(0);
  }

  private static VisibilityChange change(
      long at, HistoryVisibility before, HistoryVisibility after, String name, boolean boundary) {
    return new VisibilityChange(at, before, after, Optional.of(id(name)), boundary);
  }
}
