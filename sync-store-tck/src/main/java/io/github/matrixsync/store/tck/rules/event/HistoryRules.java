package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.CAROL;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.UNKNOWN_ROOM;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.StoreReads.ALL;
import static io.github.matrixsync.store.tck.support.StoreReads.history;
import static io.github.matrixsync.store.tck.support.StoreReads.latest;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests a room's history of live events: the rules H. */
public interface HistoryRules extends EventStoreFixture {
  @Test
  default void h1_history_depthsOutOfOrder_isByDepthThenPosition() {
    long end =
        StoreReads.last(fill(message("a", 5), message("b", 9), message("c", 7), message("d", 7)));

    assertThat(names(history(tested(), end, Direction.FORWARD)))
        .containsExactly("a", "c", "d", "b");
    assertThat(names(history(tested(), end, Direction.BACKWARD)))
        .containsExactly("b", "d", "c", "a");
  }

  @Test
  default void h1_history_boundsAndLimit_fromTheProperEnd() {
    List<Long> at = fill(message("a", 1), message("b", 2), message("c", 3), message("d", 4));
    HistorySlice slice = new HistorySlice(
        ROOM,
        Ranges.everything(at.get(3)),
        new HistoryPoint(1, at.get(0)),
        new HistoryPoint(3, at.get(2)));

    assertThat(names(tested().history(slice, Direction.FORWARD, 1))).containsExactly("b");
    assertThat(names(tested().history(slice, Direction.BACKWARD, 1))).containsExactly("c");
    assertThat(names(tested().history(slice, Direction.FORWARD, ALL))).containsExactly("b", "c");
    assertThat(names(tested().history(slice, Direction.BACKWARD, ALL))).containsExactly("c", "b");
  }

  @Test
  default void h1_history_noSuchPart_isEmpty() {
    long end = fill(message("a", 1)).get(0);
    Ranges all = Ranges.everything(end);

    assertThat(tested()
            .history(
                new HistorySlice(ROOM, all, HistoryPoint.END, HistoryPoint.START),
                Direction.FORWARD,
                ALL))
        .isEmpty();
    assertThat(tested()
            .history(
                new HistorySlice(UNKNOWN_ROOM, all, HistoryPoint.START, HistoryPoint.END),
                Direction.BACKWARD,
                ALL))
        .isEmpty();
  }

  @Test
  default void h1_latest_ranges_holdOnlyWhatTheyInclude() {
    List<Long> at = fill(
        message("a", 1),
        about("b", 2),
        message("c", 3),
        message("d", 4),
        message("e", 5),
        message("f", 6));
    Ranges some = new Ranges(
        List.of(new Range(at.get(1), at.get(2)), new Range(at.get(3), at.get(4))),
        at.get(4),
        Optional.of(BOB),
        Set.of());

    assertThat(names(latest(tested(), ROOM, some, ALL))).containsExactly("b", "c", "e");
    assertThat(names(latest(tested(), ROOM, some, 2))).containsExactly("c", "e");
    assertThat(names(tested().history(StoreReads.wholeRoom(some), Direction.FORWARD, 2)))
        .containsExactly("b", "c");
  }

  @Test
  default void h1_latest_nothingButOwn_isOfThatUserAndNoOther() {
    UserId upper = UserId.parse("@Bob:tck.example");
    long end = StoreReads.last(fill(
        message("a", 1),
        about("b", 2),
        in(ROOM, BOB, "c", 3),
        in(ROOM, upper, "d", 4),
        message("e", 5)));
    Ranges own = new Ranges(List.of(), end, Optional.of(BOB), Set.of());

    assertThat(names(latest(tested(), ROOM, own, ALL))).containsExactly("b", "c");
    assertThat(names(tested().history(StoreReads.wholeRoom(own), Direction.BACKWARD, ALL)))
        .containsExactly("c", "b");
  }

  @Test
  default void h1_latest_ignoredUsers_areLeftOutButForTheirState() {
    long end = StoreReads.last(
        fill(message("a", 1), in(ROOM, BOB, "b", 2), Events.topic("c"), in(ROOM, CAROL, "d", 4)));
    Ranges visible = new Ranges(
        List.of(new Range(start(), end)), end, Optional.of(CAROL), Set.of(), Set.of(ALICE, CAROL));

    assertThat(names(latest(tested(), ROOM, visible, ALL))).containsExactly("b", "c", "d");
    assertThat(names(latest(tested(), ROOM, visible, 2))).containsExactly("c", "d");
    assertThat(names(tested().history(StoreReads.wholeRoom(visible), Direction.FORWARD, 1)))
        .containsExactly("b");
  }

  @Test
  default void h1_latest_severalRooms_eachByItsOwnRanges() {
    List<Long> at = fill(message("a", 1), in(OTHER_ROOM, BOB, "b", 1), message("c", 2));

    Map<RoomId, List<StoredEvent>> latest = tested()
        .latest(
            Map.of(
                ROOM, Ranges.everything(at.get(1)),
                OTHER_ROOM, Ranges.everything(at.get(2)),
                UNKNOWN_ROOM, Ranges.everything(at.get(2))),
            1);

    assertThat(latest).containsOnlyKeys(ROOM, OTHER_ROOM, UNKNOWN_ROOM);
    assertThat(names(StoreReads.require(latest.get(ROOM), ROOM))).containsExactly("a");
    assertThat(names(StoreReads.require(latest.get(OTHER_ROOM), OTHER_ROOM))).containsExactly("b");
    assertThat(latest.get(UNKNOWN_ROOM)).isEmpty();
  }

  @Test
  default void h1_history_laterEvents_areNotInThePast() {
    List<Long> at = fill(message("a", 5), message("b", 3), message("c", 4));

    assertThat(names(history(tested(), at.get(1), Direction.FORWARD))).containsExactly("b", "a");
    assertThat(names(latest(tested(), ROOM, Ranges.everything(at.get(0)), ALL)))
        .containsExactly("a");
    assertThat(names(latest(tested(), ROOM, Ranges.everything(0), ALL))).isEmpty();
  }

  @Test
  default void h2_pointAt_depthsOutOfOrder_isTheGreatestSoFar() {
    List<Long> at = fill(message("a", 5), message("b", 9), message("c", 7), message("d", 9));

    assertThat(tested().pointAt(ROOM, at.get(0))).isEqualTo(new HistoryPoint(5, at.get(0)));
    assertThat(tested().pointAt(ROOM, at.get(1))).isEqualTo(new HistoryPoint(9, at.get(1)));
    assertThat(tested().pointAt(ROOM, at.get(2))).isEqualTo(new HistoryPoint(9, at.get(1)));
    assertThat(tested().pointAt(ROOM, at.get(3))).isEqualTo(new HistoryPoint(9, at.get(3)));
  }

  @Test
  default void h2_pointAt_nothingThereYet_isTheStart() {
    long end = StoreReads.last(fill(in(OTHER_ROOM, BOB, "a", 4), message("b", 2)));

    assertThat(tested().pointAt(ROOM, start())).isEqualTo(HistoryPoint.START);
    assertThat(tested().pointAt(UNKNOWN_ROOM, end)).isEqualTo(HistoryPoint.START);
    assertThat(tested().pointAt(ROOM, end)).isEqualTo(new HistoryPoint(2, end));
  }

  private static RoomEvent about(String name, long depth) {
    return Events.event(name, ROOM, ALICE, RoomEvent.MEMBER)
        .stateKey(BOB.value())
        .membership(Membership.JOIN)
        .depth(depth)
        .build();
  }

  private static RoomEvent in(RoomId room, UserId sender, String name, long depth) {
    return Events.event(name, room, sender, "m.room.message").depth(depth).build();
  }
}
