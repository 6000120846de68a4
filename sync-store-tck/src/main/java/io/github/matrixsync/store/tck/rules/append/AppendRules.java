package io.github.matrixsync.store.tck.rules.append;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.backfill;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.messageIn;
import static io.github.matrixsync.store.tck.support.Events.outliers;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.history;
import static io.github.matrixsync.store.tck.support.StoreReads.knows;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Events;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests batches, positions, depths and known events: the rules A1 to A3, and P1, P2, W1 and W2 for appends.
 */
public interface AppendRules extends AppendFixture {
  @Test
  default void p1_append_afterARolledBackBatch_positionsGoOnIncreasing() {
    long before = live(message("a")).get(0);
    appendAndRollBack(List.of(Append.live(message("b"))));
    long after = live(message("c")).get(0);
    appendAndRollBack(backfill(message("d")));

    assertThat(after).isGreaterThan(before);
    assertThat(live(message("e")).get(0)).isGreaterThan(after);
  }

  @Test
  default void p2_log_refusedAndKnownAndBackfilledEvents_prefixStays() {
    long end = live(message("a"), message("b")).get(1);
    List<StoredEvent> prefix = log(tested(), Interest.everything(), start(), end);

    live(message("c"), message("a"));
    tested().append(backfill(message("d"), message("b")));
    tested().append(outliers(message("a"), message("e")));
    appendAndRollBack(List.of(Append.live(message("f"))));

    assertThat(names(prefix)).containsExactlyInAnyOrder("a", "b");
    assertThat(log(tested(), Interest.everything(), start(), end)).isEqualTo(prefix);
  }

  @Test
  default void w1_watermark_afterWhatDoesNotMoveIt_neverFalls() {
    live(message("a"));
    long seen = tested().refresh();

    live(message("a"));
    assertThat(tested().watermark()).isGreaterThanOrEqualTo(seen);
    tested().append(List.of());
    assertThat(tested().watermark()).isGreaterThanOrEqualTo(seen);
    appendAndRollBack(List.of(Append.live(message("c"))));
    assertThat(tested().watermark()).isGreaterThanOrEqualTo(seen);
    tested().append(backfill(message("b")));
    assertThat(tested().watermark()).isGreaterThanOrEqualTo(seen);
    assertThat(tested().refresh()).isGreaterThanOrEqualTo(seen);
  }

  @Test
  default void w2_append_returned_watermarkCoversTheWholeBatch() {
    for (int i = 0; i < 10; i++) {
      long last = live(message("a" + i), message("b" + i), message("c" + i)).get(2);
      assertThat(tested().watermark()).isGreaterThanOrEqualTo(last);
    }
  }

  @Test
  default void a1_append_oneEntryOfTheBatchIsWrong_nothingIsStored() {
    List<Append> batch = new ArrayList<>();
    batch.add(Append.live(topic("a")));
    batch.addAll(backfill(message("b")));
    batch.add(Events.resolving("c", Events.entry(Events.TOPIC, "", "nowhere")));
    batch.add(Append.live(message("d")));
    long backfilledTo = tested().backfilledTo();

    assertThatThrownBy(() -> tested().append(batch)).isInstanceOf(IllegalArgumentException.class);

    assertThat(tested().events(List.of(id("a"), id("b"), id("c"), id("d")))).isEmpty();
    assertThat(tested().backfilledTo()).isEqualTo(backfilledTo);
    assertThat(log(tested(), Interest.everything(), start(), tested().refresh()))
        .isEmpty();
    assertThat(state(tested(), ROOM, tested().refresh())).isEmpty();
  }

  @Test
  default void a1_append_rolledBack_isAsIfItNeverWas() {
    live(message("a"));
    appendAndRollBack(List.of(Append.live(topic("b")), Append.live(message("c"))));

    assertThat(knows(tested(), "b")).isFalse();
    assertThat(knows(tested(), "c")).isFalse();
    assertThat(names(log(tested(), Interest.everything(), start(), tested().refresh())))
        .containsExactly("a");
    long end = live(topic("b")).get(0);
    assertThat(names(state(tested(), ROOM, end))).containsExactly("b");
  }

  @Test
  default void a1_append_batchChangedByTheCallerLater_staysAsItWas() {
    List<Append> batch = new ArrayList<>(List.of(Append.live(message("a"))));
    tested().append(batch);
    batch.clear();

    assertThat(knows(tested(), "a")).isTrue();
  }

  @Test
  default void a2_append_batch_takesAscendingPositionsInItsOrder() {
    List<Append> batch = new ArrayList<>();
    batch.add(Append.live(message("a")));
    batch.addAll(outliers(message("b")));
    batch.addAll(backfill(message("old")));
    batch.add(Append.live(messageIn(OTHER_ROOM, ALICE, "c")));

    List<Long> at = tested().append(batch);

    assertThat(List.of(at.get(0), at.get(1), at.get(3))).isSorted().doesNotHaveDuplicates();
    assertThat(at.get(0)).isPositive();
    assertThat(at.get(2)).isNegative();
    assertThat(event(tested(), "c").position()).isEqualTo(at.get(3));
  }

  @Test
  default void a2_append_noDepth_isTheRoomsHighestPlusOne() {
    live(message("first"), message("a", 7), message("b", 3), message("c"), message("d"));
    live(messageIn(OTHER_ROOM, ALICE, "e"), message("f"));

    assertThat(event(tested(), "first").depth()).isEqualTo(1);
    assertThat(event(tested(), "a").depth()).isEqualTo(7);
    assertThat(event(tested(), "b").depth()).isEqualTo(3);
    assertThat(event(tested(), "c").depth()).isEqualTo(8);
    assertThat(event(tested(), "d").depth()).isEqualTo(9);
    assertThat(event(tested(), "e").depth()).isEqualTo(1);
    assertThat(event(tested(), "f").depth()).isEqualTo(10);
  }

  @Test
  default void a2_append_noDepthAfterTheGreatest_isTheGreatestToo() {
    live(message("a", Long.MAX_VALUE), message("b"));
    long end = live(message("c")).get(0);

    assertThat(event(tested(), "b").depth()).isEqualTo(Long.MAX_VALUE);
    assertThat(event(tested(), "c").depth()).isEqualTo(Long.MAX_VALUE);
    assertThat(tested().pointAt(ROOM, end)).isEqualTo(new HistoryPoint(Long.MAX_VALUE, end));
    assertThat(names(history(tested(), end, Direction.FORWARD))).containsExactly("a", "b", "c");
  }

  @Test
  default void a2_append_noDepthAfterOutlierAndBackfill_isAboveThemToo() {
    tested().append(outliers(message("a", 20)));
    live(message("b"));
    tested().append(backfill(message("c", 30)));
    live(message("d"));

    assertThat(event(tested(), "b").depth()).isEqualTo(21);
    assertThat(event(tested(), "d").depth()).isEqualTo(31);
  }

  @Test
  default void a3_append_knownEvent_changesNothingAndReturnsItsPosition() {
    List<Long> at = live(topic("a"), topic("b"));
    StoredEvent before = event(tested(), "a");

    assertThat(live(topic("a"))).containsExactly(at.get(0));
    assertThat(tested().append(outliers(topic("a")))).containsExactly(at.get(0));
    assertThat(tested().append(backfill(topic("a")))).containsExactly(at.get(0));

    assertThat(event(tested(), "a")).isEqualTo(before);
    assertThat(names(state(tested(), ROOM, tested().refresh()))).containsExactly("b");
    assertThat(log(tested(), Interest.everything(), start(), tested().refresh()))
        .hasSize(2);
  }

  @Test
  default void a3_append_knownEventWithAnEntryThatDoesNotFit_isNotRefused() {
    long at = live(message("a")).get(0);
    Append again = Events.resolving("a", Events.entry(Events.TOPIC, "", "nowhere"));

    assertThat(tested().append(List.of(again))).containsExactly(at);
  }

  @Test
  default void a3_append_knownEventsAmongNewOnes_takeNoPosition() {
    long known = live(message("known")).get(0);

    List<Long> at = live(message("a"), message("known"), message("b"), message("a"));

    assertThat(at.get(1)).isEqualTo(known);
    assertThat(at.get(2)).isGreaterThan(at.get(0));
    assertThat(at.get(3)).isEqualTo(at.get(0));
  }

  @Test
  default void a3_append_outlierThatBecameLive_keepsItsLivePosition() {
    RoomEvent invite = member("a", BOB, Membership.INVITE);
    tested().append(outliers(invite));
    long live = live(invite).get(0);

    assertThat(live(invite)).containsExactly(live);
    assertThat(tested().append(outliers(invite))).containsExactly(live);
  }

  @Test
  default void a3_append_sameEventTwiceInABatch_standsOnce() {
    List<Long> at = live(topic("a"), topic("a"));

    assertThat(at.get(0)).isEqualTo(at.get(1));
    assertThat(log(tested(), Interest.everything(), start(), at.get(0))).hasSize(1);
  }

  @Test
  default void a3_append_knownAsBackfill_keepsItsNegativePosition() {
    long at = tested().append(backfill(topic("a"))).get(0);

    assertThat(live(topic("a"))).containsExactly(at);
    assertThat(tested().append(outliers(topic("a")))).containsExactly(at);
    assertThat(log(tested(), Interest.everything(), start(), tested().refresh()))
        .isEmpty();
    assertThat(state(tested(), ROOM, tested().refresh())).isEmpty();
  }

  @Test
  default void a3_append_knownAsOutlier_staysSoAsOutlierAndAsBackfill() {
    long at = tested().append(outliers(message("a"))).get(0);

    assertThat(tested().append(outliers(message("a")))).containsExactly(at);
    assertThat(tested().append(backfill(message("a")))).containsExactly(at);
  }
}
