package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.OTHER_ROOM;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static io.github.matrixsync.store.memory.Sample.backfill;
import static io.github.matrixsync.store.memory.Sample.event;
import static io.github.matrixsync.store.memory.Sample.id;
import static io.github.matrixsync.store.memory.Sample.live;
import static io.github.matrixsync.store.memory.Sample.member;
import static io.github.matrixsync.store.memory.Sample.memberIn;
import static io.github.matrixsync.store.memory.Sample.message;
import static io.github.matrixsync.store.memory.Sample.messageIn;
import static io.github.matrixsync.store.memory.Sample.names;
import static io.github.matrixsync.store.memory.Sample.outlier;
import static io.github.matrixsync.store.memory.Sample.read;
import static io.github.matrixsync.store.memory.Sample.state;
import static io.github.matrixsync.store.memory.Sample.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.Direction;
import io.github.matrixsync.store.HistoryPoint;
import io.github.matrixsync.store.HistorySlice;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.LogPage;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.Range;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.StoredEvent;
import io.github.matrixsync.store.Timelines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reading: the rules B, R1, S and H. */
class ReadContractTest {
  private final MemoryEventStore store = MemoryEventStore.create();

  @Test
  void b1_log_boundsAreExclusiveAndInclusive() {
    store.append(live(message("a"), message("b"), message("c")));

    LogPage page = store.log(Interest.everything(), 1, 2, 10);

    assertThat(names(page.events())).containsExactly("b");
    assertThat(page.through()).isEqualTo(2);
    assertThat(store.log(Interest.everything(), 2, 2, 10)).isEqualTo(new LogPage(List.of(), 2));
  }

  @Test
  void b1_log_argumentsOutOfBounds_areRefused() {
    store.append(live(message("a")));

    assertRefused(() -> store.log(Interest.everything(), 0, 2, 1));
    assertRefused(() -> store.log(Interest.everything(), 1, 0, 1));
    assertRefused(() -> store.log(Interest.everything(), 0, 1, 0));
    assertRefused(() -> store.state(Map.of(ROOM, 2L)));
    assertRefused(() -> store.memberships(BOB, 2));
    assertRefused(() -> store.joinedMembers(List.of(ROOM), 2));
    assertRefused(() -> store.timelines(BOB, List.of(ROOM), 2));
    assertRefused(() -> store.latest(Map.of(), 0));
    assertRefused(() -> store.history(slice(Ranges.everything(1)), Direction.FORWARD, 0));
  }

  @Test
  void b2_log_limit_cutsOffTheHighestAndSaysSo() {
    store.append(live(message("a"), messageIn(OTHER_ROOM, "b"), message("c"), message("d")));

    LogPage page = store.log(Interest.of(ROOM), 0, 4, 2);

    assertThat(names(page.events())).containsExactly("a", "c");
    assertThat(page.through()).isEqualTo(3);
    assertThat(store.log(Interest.of(ROOM), 3, 4, 1).through()).isEqualTo(4);
  }

  @Test
  void b2_log_pagesPutTogether_areTheWhole() {
    store.append(live(member("j", BOB, Membership.JOIN)));
    for (int i = 0; i < 50; i++) {
      store.append(live(messageIn(i % 3 == 0 ? ROOM : OTHER_ROOM, "m" + i)));
    }

    List<StoredEvent> paged = new ArrayList<>();
    long after = 0;
    while (after < store.watermark()) {
      LogPage page = store.log(Interest.of(ALICE), after, store.watermark(), 3);
      assertThat(page.through()).isGreaterThan(after);
      paged.addAll(page.events());
      after = page.through();
    }

    assertThat(paged)
        .isEqualTo(store.log(Interest.of(ALICE), 0, store.watermark(), 1000).events());
  }

  @Test
  void b3_log_ofUser_roomsJoinedInTheIntervalOwnMembershipsAndOwnEvents() {
    store.append(live(
        messageIn(OTHER_ROOM, "1-stranger"),
        message("2-before"),
        member("3-join", BOB, Membership.JOIN),
        message("4-in"),
        member("5-leave", BOB, Membership.LEAVE),
        message("6-after")));
    store.append(outlier(memberIn(OTHER_ROOM, "7-invite", BOB, Membership.INVITE)));
    store.append(live(event("8-own", OTHER_ROOM, BOB, "m.room.message").build()));

    assertThat(names(ofBob(2)))
        .containsSubsequence("3-join", "4-in", "5-leave", "7-invite", "8-own");
    assertThat(names(ofBob(4))).containsSubsequence("5-leave", "7-invite", "8-own");
    assertThat(names(ofBob(6))).containsExactly("7-invite", "8-own");
  }

  @Test
  void b3_log_unknownRoomOrUser_emptyAndThroughTheEnd() {
    store.append(live(message("a")));

    assertThat(store.log(Interest.of(OTHER_ROOM), 0, 1, 9)).isEqualTo(new LogPage(List.of(), 1));
    assertThat(store.log(Interest.of(BOB), 0, 1, 9)).isEqualTo(new LogPage(List.of(), 1));
  }

  @Test
  void b3_log_longIntervalOfNoInterest_comesToTheEndInSteps() {
    int count = LogReader.MAX_EXAMINED + 5;
    store.append(
        IntStream.range(0, count).mapToObj(i -> Append.live(message("m" + i))).toList());

    LogPage first = store.log(Interest.of(BOB), 0, count, 10);
    LogPage second = store.log(Interest.of(BOB), first.through(), count, 10);

    assertThat(first).isEqualTo(new LogPage(List.of(), LogReader.MAX_EXAMINED));
    assertThat(second).isEqualTo(new LogPage(List.of(), count));
    assertThat(store.log(Interest.of(ROOM), 0, count, count).through()).isBetween(1L, (long) count);
  }

  @Test
  void r1_reads_laterAppend_resultsStayAndCannotBeChanged() {
    store.append(live(message("a"), member("b", BOB, Membership.JOIN)));
    Map<EventId, StoredEvent> events = store.events(List.of(id("a")));
    Map<RoomId, Set<UserId>> members = store.joinedMembers(List.of(ROOM), 2);
    Map<RoomId, List<StoredEvent>> state = store.state(Map.of(ROOM, 2L));
    LogPage page = store.log(Interest.everything(), 0, 2, 9);

    store.append(live(Sample.redaction("c", "a"), member("d", BOB, Membership.LEAVE)));

    assertThat(events.get(id("a")).redaction()).isEmpty();
    assertThat(page.events().get(0).redaction()).isEmpty();
    assertThat(members.get(ROOM)).containsExactly(BOB);
    assertThat(names(state.get(ROOM))).containsExactly("b");
    assertUnmodifiable(events::clear);
    assertUnmodifiable(members::clear);
    assertUnmodifiable(() -> members.get(ROOM).clear());
    assertUnmodifiable(() -> state.get(ROOM).clear());
    assertUnmodifiable(() -> store.memberships(BOB, 2).clear());
    assertUnmodifiable(
        () -> store.latest(Map.of(ROOM, Ranges.everything(2)), 1).get(ROOM).clear());
    assertUnmodifiable(
        () -> store.history(slice(Ranges.everything(2)), Direction.FORWARD, 1).clear());
  }

  @Test
  void s1_state_everyPosition_isExact() {
    store.append(live(topic("a"), message("b"), topic("c"), member("d", BOB, Membership.JOIN)));

    assertThat(state(store, ROOM, 0)).isEmpty();
    assertThat(names(state(store, ROOM, 1))).containsExactly("a");
    assertThat(names(state(store, ROOM, 2))).containsExactly("a");
    assertThat(names(state(store, ROOM, 3))).containsExactly("c");
    assertThat(names(state(store, ROOM, 4))).containsExactlyInAnyOrder("c", "d");
  }

  @Test
  void s1_state_roomsEachAsOfItsOwnPosition_unknownIsEmpty() {
    store.append(live(topic("a"), memberIn(OTHER_ROOM, "b", BOB, Membership.JOIN)));
    RoomId unknown = RoomId.parse("!unknown:example.org");

    Map<RoomId, List<StoredEvent>> states =
        store.state(Map.of(ROOM, 0L, OTHER_ROOM, 2L, unknown, 2L));

    assertThat(states).containsOnlyKeys(ROOM, OTHER_ROOM, unknown);
    assertThat(states.get(ROOM)).isEmpty();
    assertThat(names(states.get(OTHER_ROOM))).containsExactly("b");
    assertThat(states.get(unknown)).isEmpty();
  }

  @Test
  void s2_memberships_asOfThePast_leftRoomsIncluded() {
    store.append(live(
        member("a", BOB, Membership.JOIN),
        member("b", BOB, Membership.JOIN),
        member("c", BOB, Membership.LEAVE),
        memberIn(OTHER_ROOM, "d", BOB, Membership.BAN)));

    assertThat(store.memberships(BOB, 0)).isEmpty();
    assertThat(store.memberships(BOB, 2).get(ROOM).event()).contains(id("b"));
    assertThat(store.memberships(BOB, 3).get(ROOM).after()).isEqualTo(Membership.LEAVE);
    assertThat(store.memberships(BOB, 4)).containsOnlyKeys(ROOM, OTHER_ROOM);
    assertThat(store.memberships(ALICE, 4)).isEmpty();
  }

  @Test
  void s2_joinedMembers_asOfThePast_isExact() {
    store.append(live(
        member("a", BOB, Membership.INVITE),
        member("b", BOB, Membership.JOIN),
        member("c", ALICE, Membership.JOIN),
        member("d", BOB, Membership.JOIN),
        member("e", BOB, Membership.BAN)));

    assertThat(joinedAsOf(1)).isEmpty();
    assertThat(joinedAsOf(2)).containsExactly(BOB);
    assertThat(joinedAsOf(4)).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(joinedAsOf(5)).containsExactly(ALICE);
    assertThat(store.joinedMembers(List.of(OTHER_ROOM), 5)).isEqualTo(Map.of(OTHER_ROOM, Set.of()));
  }

  @Test
  void s2_timelines_leaveOutJoinToJoinAndWhatComesLater() {
    store.append(live(
        member("a", BOB, Membership.JOIN),
        member("b", BOB, Membership.JOIN),
        member("c", BOB, Membership.LEAVE)));

    assertThat(store.timelines(BOB, List.of(ROOM), 2).get(ROOM).members())
        .extracting(MemberChange::position)
        .containsExactly(1L);
    assertThat(store.timelines(BOB, List.of(OTHER_ROOM), 3))
        .isEqualTo(Map.of(OTHER_ROOM, Timelines.EMPTY));
  }

  @Test
  void h1_history_orderedByDepthThenPosition_withoutOutliers() {
    store.append(live(message("a", 5), message("b", 9), message("c", 7), message("d", 7)));
    store.append(outlier(member("e", BOB, Membership.INVITE)));
    store.append(backfill(message("f", 5), message("g", 1)));
    HistorySlice all = slice(Ranges.everything(5));

    assertThat(names(store.history(all, Direction.FORWARD, 99)))
        .containsExactly("g", "f", "a", "c", "d", "b");
    assertThat(names(store.history(all, Direction.BACKWARD, 99)))
        .containsExactly("b", "d", "c", "a", "f", "g");
  }

  @Test
  void h1_history_limitAndBounds_fromTheProperEnd() {
    store.append(live(message("a", 1), message("b", 2), message("c", 3), message("d", 4)));
    HistorySlice slice = new HistorySlice(
        ROOM, Ranges.everything(4), new HistoryPoint(1, 1), new HistoryPoint(3, 3));

    assertThat(names(store.history(slice, Direction.FORWARD, 1))).containsExactly("b");
    assertThat(names(store.history(slice, Direction.BACKWARD, 1))).containsExactly("c");
    assertThat(names(store.history(slice, Direction.FORWARD, 9))).containsExactly("b", "c");
    assertThat(store.history(
            new HistorySlice(ROOM, Ranges.everything(4), HistoryPoint.END, HistoryPoint.START),
            Direction.FORWARD,
            9))
        .isEmpty();
  }

  @Test
  void h1_latest_onlyWhatTheRangesInclude_ascending() {
    store.append(live(
        message("a"),
        member("b", BOB, Membership.JOIN),
        message("c"),
        message("d"),
        message("e"),
        message("f")));
    Ranges some =
        new Ranges(List.of(new Range(2, 3), new Range(4, 5)), 5, Optional.of(BOB), Set.of());

    assertThat(names(store.latest(Map.of(ROOM, some), 9).get(ROOM))).containsExactly("b", "c", "e");
    assertThat(names(store.latest(Map.of(ROOM, some), 2).get(ROOM))).containsExactly("c", "e");
  }

  @Test
  void h1_latest_backfillByItsVisibility_unknownIsHidden() {
    store.append(List.of(
        Append.backfill(message("a", 1), Optional.of(HistoryVisibility.JOINED)),
        Append.backfill(message("b", 2), Optional.of(HistoryVisibility.SHARED)),
        Append.backfill(message("c", 3), Optional.empty())));
    Ranges shared = new Ranges(List.of(), 0, Optional.empty(), Set.of(HistoryVisibility.SHARED));
    Ranges own = new Ranges(List.of(), 0, Optional.of(ALICE), Set.of());

    assertThat(names(store.latest(Map.of(ROOM, shared), 9).get(ROOM))).containsExactly("b");
    assertThat(names(store.latest(Map.of(ROOM, own), 9).get(ROOM))).containsExactly("a", "b", "c");
    assertThat(store.latest(Map.of(OTHER_ROOM, own), 9)).isEqualTo(Map.of(OTHER_ROOM, List.of()));
  }

  @Test
  void h2_pointAt_greatestPointOfWhatWasThere() {
    store.append(live(message("a", 5), message("b", 9), message("c", 7)));

    assertThat(store.pointAt(ROOM, 1)).isEqualTo(new HistoryPoint(5, 1));
    assertThat(store.pointAt(ROOM, 2)).isEqualTo(new HistoryPoint(9, 2));
    assertThat(store.pointAt(ROOM, 3)).isEqualTo(new HistoryPoint(9, 2));
  }

  @Test
  void h2_pointAt_nothingLiveThere_backfillElseStart() {
    store.append(outlier(member("a", BOB, Membership.INVITE)));
    assertThat(store.pointAt(ROOM, 1)).isEqualTo(HistoryPoint.START);
    assertThat(store.pointAt(OTHER_ROOM, 1)).isEqualTo(HistoryPoint.START);

    store.append(backfill(message("b", 3), message("c", 4)));
    store.append(live(message("d", 9)));

    assertThat(store.pointAt(ROOM, 1)).isEqualTo(new HistoryPoint(4, -2));
    assertThat(store.pointAt(ROOM, 2)).isEqualTo(new HistoryPoint(9, 2));
  }

  @Test
  void events_unknownIds_areLeftOut() {
    store.append(live(message("a")));
    store.append(backfill(message("b")));
    store.append(outlier(message("c")));

    assertThat(store.events(List.of(id("a"), id("b"), id("c"), id("d"))))
        .containsOnlyKeys(id("a"), id("b"), id("c"));
    assertThat(read(store, "a").point()).isEqualTo(new HistoryPoint(1, 1));
  }

  private List<StoredEvent> ofBob(long after) {
    return store.log(Interest.of(BOB), after, store.watermark(), 99).events();
  }

  private Set<UserId> joinedAsOf(long upTo) {
    return store.joinedMembers(List.of(ROOM), upTo).get(ROOM);
  }

  private static HistorySlice slice(Ranges visible) {
    return new HistorySlice(ROOM, visible, HistoryPoint.START, HistoryPoint.END);
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertUnmodifiable(Runnable change) {
    assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
  }
}
