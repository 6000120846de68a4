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
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.Events.visibility;
import static io.github.matrixsync.store.tck.support.StoreReads.ALL;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.history;
import static io.github.matrixsync.store.tck.support.StoreReads.joined;
import static io.github.matrixsync.store.tck.support.StoreReads.latest;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.redactedBy;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static io.github.matrixsync.store.tck.support.StoreReads.timelines;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests backfill, events of a room's past that are appended later: the rules K, and P1, H and D1 for backfill. */
public interface BackfillRules extends AppendFixture {
  @Test
  default void p1_append_backfill_positionsFallFromMinusOneOn() {
    List<Long> at = new ArrayList<>(tested().append(backfill(message("a"), message("b"))));
    at.addAll(tested().append(backfill(message("c"))));

    assertThat(at).allSatisfy(position -> assertThat(position).isNegative());
    assertThat(at.get(1)).isLessThan(at.get(0));
    assertThat(at.get(2)).isLessThan(at.get(1));
  }

  @Test
  default void k1_append_backfill_isInNoLog() {
    tested().append(backfill(message("a"), member("b", BOB, Membership.JOIN)));
    long end = live(message("c")).get(0);

    assertThat(names(log(tested(), Interest.everything(), start(), end))).containsExactly("c");
    assertThat(names(log(tested(), Interest.of(ROOM), start(), end))).doesNotContain("a", "b");
    assertThat(names(log(tested(), Interest.of(BOB), start(), end))).doesNotContain("a", "b");
  }

  @Test
  default void k1_append_backfilledState_changesNeitherStateNorMembershipNorVisibility() {
    tested()
        .append(backfill(
            topic("a"),
            member("b", BOB, Membership.JOIN),
            visibility("c", HistoryVisibility.JOINED)));
    long end = live(topic("d")).get(0);

    assertThat(names(state(tested(), ROOM, end))).containsExactly("d");
    assertThat(tested().memberships(BOB, end)).isEmpty();
    assertThat(joined(tested(), ROOM, end)).isEmpty();
    assertThat(timelines(tested(), BOB, ROOM, end)).isEqualTo(Timelines.EMPTY);
    assertThat(event(tested(), "a").changes()).isEmpty();
    assertThat(event(tested(), "a").replaces()).isEmpty();
    assertThat(event(tested(), "d").replaces()).isEmpty();
  }

  @Test
  default void k1_history_asOfBeforeTheBackfillCame_holdsIt() {
    long before = live(message("a", 5)).get(0);
    tested().append(backfill(message("b", 4)));

    assertThat(names(latest(tested(), ROOM, Ranges.everything(before), ALL))).contains("b");
    assertThat(names(latest(tested(), ROOM, Ranges.everything(0), ALL))).contains("b");
    assertThat(names(history(tested(), 0, Direction.FORWARD))).contains("b");
  }

  @Test
  default void k2_backfilledTo_fallen_backfillIsReadableWithItsVisibility() {
    assertThat(tested().backfilledTo()).isZero();
    long at = tested().append(backfill(message("a"), message("b"))).get(1);

    assertThat(tested().backfilledTo()).isLessThanOrEqualTo(at);
    assertThat(event(tested(), "b").position()).isEqualTo(at);
    assertThat(event(tested(), "b").visibility()).contains(HistoryVisibility.SHARED);
  }

  @Test
  default void k2_backfilledTo_afterLiveEvents_doesNotRise() {
    tested().append(backfill(message("a")));
    long seen = tested().backfilledTo();
    live(message("b"));
    tested().append(backfill(message("a")));

    assertThat(tested().backfilledTo()).isLessThanOrEqualTo(seen);
  }

  @Test
  default void k3_backfill_ofAllThatCame_namesRoomsAndRedactedEvents() {
    live(message("a"));
    List<Long> at = store()
        .append(backfill(
            message("b"),
            redaction("c", "a"),
            messageIn(OTHER_ROOM, ALICE, "d"),
            redaction("e", "unknown")));

    Backfill all = store().backfill(0, Collections.min(at));

    assertThat(all.rooms()).contains(ROOM, OTHER_ROOM);
    assertThat(all.redacted()).contains(id("a"), id("unknown"));
  }

  @Test
  default void k3_backfill_ofWhatCameSince_namesTheFirstAndTheLastOfIt() {
    store().append(backfill(redaction("a", "t1")));
    List<Long> at = store()
        .append(backfill(
            redaction("b", "t2"), messageIn(OTHER_ROOM, ALICE, "c"), redaction("d", "t3")));
    store().append(backfill(redaction("e", "t4")));

    Backfill since = store().backfill(Collections.max(at) + 1, Collections.min(at));

    assertThat(since.redacted()).contains(id("t2"), id("t3"));
    assertThat(since.rooms()).contains(ROOM, OTHER_ROOM);
  }

  @Test
  default void h1_history_backfill_standsByDepthThenPosition() {
    long end = live(message("a", 5), message("b", 7)).get(1);
    List<Long> old = tested().append(backfill(message("c", 5), message("d", 1), message("e", 5)));
    String lower = old.get(0) < old.get(2) ? "c" : "e";
    String higher = lower.equals("c") ? "e" : "c";

    assertThat(names(history(tested(), end, Direction.FORWARD)))
        .containsExactly("d", lower, higher, "a", "b");
    assertThat(names(history(tested(), end, Direction.BACKWARD)))
        .containsExactly("b", "a", higher, lower, "d");
    assertThat(names(latest(tested(), ROOM, Ranges.everything(end), 3)))
        .containsExactly(higher, "a", "b");
  }

  @Test
  default void h1_latest_backfill_isShownByItsOwnVisibility() {
    tested()
        .append(List.of(
            Append.backfill(message("a", 1), Optional.of(HistoryVisibility.JOINED)),
            Append.backfill(message("b", 2), Optional.of(HistoryVisibility.SHARED)),
            Append.backfill(message("c", 3), Optional.empty())));
    Ranges shared = new Ranges(List.of(), 0, Optional.empty(), Set.of(HistoryVisibility.SHARED));
    Ranges own = new Ranges(List.of(), 0, Optional.of(ALICE), Set.of());

    assertThat(names(latest(tested(), ROOM, shared, ALL))).containsExactly("b");
    assertThat(names(latest(tested(), ROOM, own, ALL))).containsExactly("a", "b", "c");
  }

  @Test
  default void h2_pointAt_noLiveEventYet_isTheGreatestOfTheBackfill() {
    List<Long> old = tested().append(backfill(message("a", 3), message("b", 4)));
    long live = live(message("c", 2)).get(0);

    assertThat(tested().pointAt(ROOM, live - 1)).isEqualTo(new HistoryPoint(4, old.get(1)));
    assertThat(tested().pointAt(ROOM, live)).isEqualTo(new HistoryPoint(2, live));
  }

  @Test
  default void d1_events_backfilledRedaction_countsUntilALiveOneComes() {
    live(message("a"));
    tested().append(backfill(redaction("old1", "a"), redaction("old2", "a")));
    assertThat(redactedBy(event(tested(), "a"))).contains("old1");

    live(redaction("r", "a"));
    tested().append(backfill(redaction("old3", "a")));
    assertThat(redactedBy(event(tested(), "a"))).contains("r");
  }

  @Test
  default void d1_history_backfilledTarget_isRedacted() {
    long end = live(redaction("r", "a")).get(0);
    tested().append(backfill(message("a", 1)));

    List<StoredEvent> old = latest(tested(), ROOM, Ranges.everything(end), ALL);

    assertThat(redactedBy(StoreReads.one(old, "a"))).contains("r");
  }
}
