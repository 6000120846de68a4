package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.Events.ALICE;
import static io.github.matrixsync.store.tck.Events.BOB;
import static io.github.matrixsync.store.tck.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.Events.ROOM;
import static io.github.matrixsync.store.tck.Events.UNKNOWN_ROOM;
import static io.github.matrixsync.store.tck.Events.backfill;
import static io.github.matrixsync.store.tck.Events.id;
import static io.github.matrixsync.store.tck.Events.member;
import static io.github.matrixsync.store.tck.Events.message;
import static io.github.matrixsync.store.tck.Events.messageIn;
import static io.github.matrixsync.store.tck.Events.outliers;
import static io.github.matrixsync.store.tck.Events.topic;
import static io.github.matrixsync.store.tck.Reading.event;
import static io.github.matrixsync.store.tck.Reading.knows;
import static io.github.matrixsync.store.tck.Reading.log;
import static io.github.matrixsync.store.tck.Reading.names;
import static io.github.matrixsync.store.tck.Reading.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches, positions, depths and known events: the rules A1 to A3, and P1, P2, W1 and W2 as far as appending shows them. */
interface AppendRules extends AppendSubject {
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
    List<StoredEvent> prefix = log(store(), Interest.everything(), start(), end);

    live(message("c"), message("a"));
    store().append(backfill(message("d"), message("b")));
    store().append(outliers(message("a"), message("e")));
    appendAndRollBack(List.of(Append.live(message("f"))));

    assertThat(names(prefix)).containsExactlyInAnyOrder("a", "b");
    assertThat(log(store(), Interest.everything(), start(), end)).isEqualTo(prefix);
  }

  @Test
  default void w1_watermark_afterWhatDoesNotMoveIt_neverFalls() {
    live(message("a"));
    long seen = store().refresh();

    live(message("a"));
    assertThat(store().watermark()).isGreaterThanOrEqualTo(seen);
    store().append(List.of());
    assertThat(store().watermark()).isGreaterThanOrEqualTo(seen);
    appendAndRollBack(List.of(Append.live(message("c"))));
    assertThat(store().watermark()).isGreaterThanOrEqualTo(seen);
    store().append(backfill(message("b")));
    assertThat(store().watermark()).isGreaterThanOrEqualTo(seen);
    assertThat(store().refresh()).isGreaterThanOrEqualTo(seen);
  }

  @Test
  default void w2_append_returned_watermarkCoversTheWholeBatch() {
    for (int i = 0; i < 10; i++) {
      long last = live(message("a" + i), message("b" + i), message("c" + i)).get(2);
      assertThat(store().watermark()).isGreaterThanOrEqualTo(last);
    }
  }

  @Test
  default void a1_append_oneEntryOfTheBatchIsWrong_nothingIsStored() {
    List<Append> batch = new ArrayList<>();
    batch.add(Append.live(topic("a")));
    batch.addAll(backfill(message("b")));
    batch.add(Events.resolving("c", Events.entry(Events.TOPIC, "", "nowhere")));
    batch.add(Append.live(message("d")));
    long backfilledTo = store().backfilledTo();

    assertThatThrownBy(() -> store().append(batch)).isInstanceOf(IllegalArgumentException.class);

    assertThat(store().events(List.of(id("a"), id("b"), id("c"), id("d")))).isEmpty();
    assertThat(store().backfilledTo()).isEqualTo(backfilledTo);
    assertThat(log(store(), Interest.everything(), start(), store().refresh())).isEmpty();
    assertThat(state(store(), ROOM, store().refresh())).isEmpty();
  }

  @Test
  default void a1_append_rolledBack_isAsIfItNeverWas() {
    live(message("a"));
    appendAndRollBack(List.of(Append.live(topic("b")), Append.live(message("c"))));

    assertThat(knows(store(), "b")).isFalse();
    assertThat(knows(store(), "c")).isFalse();
    assertThat(names(log(store(), Interest.everything(), start(), store().refresh())))
        .containsExactly("a");
    long end = live(topic("b")).get(0);
    assertThat(names(state(store(), ROOM, end))).containsExactly("b");
  }

  @Test
  default void a1_append_batchChangedByTheCallerLater_staysAsItWas() {
    List<Append> batch = new ArrayList<>(List.of(Append.live(message("a"))));
    store().append(batch);
    batch.clear();

    assertThat(knows(store(), "a")).isTrue();
  }

  @Test
  default void a1_events_everyPartOfAnEvent_comesBack() {
    RoomEvent plain =
        RoomEvent.builder(id("plain"), ROOM, ALICE, "m.room.message").build();
    RoomEvent rich = Events.event("rich", ROOM, UserId.parse("@Zoë+/=:tck.example:8448"), "ü.\"'\\")
        .stateKey("\uD83D\uDE00 'key' \\")
        .depth(4_000_000_000_000L)
        .redacts(id("plain"))
        .json(RawJson.of("{\"b\":1.50,\"a\":\"\\u0000 \uD83D\uDE00\",\"b\":1e2,  \"c\":[]}"))
        .build();
    live(plain, rich);

    assertSame(event(store(), "plain").event(), plain);
    assertSame(event(store(), "rich").event(), rich);
  }

  @Test
  default void a1_events_versionOfTheRoom_comesBack() {
    RoomVersion newest = RoomVersion.of("11");
    RoomVersion unknown = RoomVersion.of("org.example.new");
    live(
        Events.event("a", ROOM, ALICE, "m.room.message").roomVersion(newest).build(),
        Events.event("b", OTHER_ROOM, ALICE, "m.room.message")
            .roomVersion(unknown)
            .build(),
        messageIn(UNKNOWN_ROOM, ALICE, "c"));

    assertThat(event(store(), "a").event().roomVersion()).contains(newest);
    assertThat(event(store(), "b").event().roomVersion()).contains(unknown);
    assertThat(event(store(), "c").event().roomVersion()).isEmpty();
  }

  @Test
  default void a2_append_batch_takesContiguousPositionsInItsOrder() {
    List<Append> batch = new ArrayList<>();
    batch.add(Append.live(message("a")));
    batch.addAll(outliers(message("b")));
    batch.addAll(backfill(message("old")));
    batch.add(Append.live(messageIn(OTHER_ROOM, ALICE, "c")));

    List<Long> at = store().append(batch);

    long first = at.get(0);
    assertThat(at).containsExactly(first, first + 1, at.get(2), first + 2);
    assertThat(at.get(2)).isNegative();
    assertThat(event(store(), "c").position()).isEqualTo(first + 2);
  }

  @Test
  default void a2_append_noDepth_isTheRoomsHighestPlusOne() {
    live(message("first"), message("a", 7), message("b", 3), message("c"), message("d"));
    live(messageIn(OTHER_ROOM, ALICE, "e"), message("f"));

    assertThat(event(store(), "first").depth()).isEqualTo(1);
    assertThat(event(store(), "a").depth()).isEqualTo(7);
    assertThat(event(store(), "b").depth()).isEqualTo(3);
    assertThat(event(store(), "c").depth()).isEqualTo(8);
    assertThat(event(store(), "d").depth()).isEqualTo(9);
    assertThat(event(store(), "e").depth()).isEqualTo(1);
    assertThat(event(store(), "f").depth()).isEqualTo(10);
  }

  @Test
  default void a2_append_noDepthAfterOutlierAndBackfill_isAboveThemToo() {
    store().append(outliers(message("a", 20)));
    live(message("b"));
    store().append(backfill(message("c", 30)));
    live(message("d"));

    assertThat(event(store(), "b").depth()).isEqualTo(21);
    assertThat(event(store(), "d").depth()).isEqualTo(31);
  }

  @Test
  default void a3_append_knownEvent_changesNothingAndReturnsItsPosition() {
    List<Long> at = live(topic("a"), topic("b"));
    StoredEvent before = event(store(), "a");

    assertThat(live(topic("a"))).containsExactly(at.get(0));
    assertThat(store().append(outliers(topic("a")))).containsExactly(at.get(0));
    assertThat(store().append(backfill(topic("a")))).containsExactly(at.get(0));

    assertThat(event(store(), "a")).isEqualTo(before);
    assertThat(names(state(store(), ROOM, store().refresh()))).containsExactly("b");
    assertThat(log(store(), Interest.everything(), start(), store().refresh())).hasSize(2);
  }

  @Test
  default void a3_append_knownEventWithAnEntryThatDoesNotFit_isNotRefused() {
    long at = live(message("a")).get(0);
    Append again = Events.resolving("a", Events.entry(Events.TOPIC, "", "nowhere"));

    assertThat(store().append(List.of(again))).containsExactly(at);
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
    store().append(outliers(invite));
    long live = live(invite).get(0);

    assertThat(live(invite)).containsExactly(live);
    assertThat(store().append(outliers(invite))).containsExactly(live);
  }

  @Test
  default void a3_append_sameEventTwiceInABatch_standsOnce() {
    List<Long> at = live(topic("a"), topic("a"));

    assertThat(at.get(0)).isEqualTo(at.get(1));
    assertThat(log(store(), Interest.everything(), start(), at.get(0))).hasSize(1);
  }

  @Test
  default void a3_append_knownAsBackfill_keepsItsNegativePosition() {
    long at = store().append(backfill(topic("a"))).get(0);

    assertThat(live(topic("a"))).containsExactly(at);
    assertThat(store().append(outliers(topic("a")))).containsExactly(at);
    assertThat(log(store(), Interest.everything(), start(), store().refresh())).isEmpty();
    assertThat(state(store(), ROOM, store().refresh())).isEmpty();
  }

  @Test
  default void a3_append_knownAsOutlier_staysSoAsOutlierAndAsBackfill() {
    long at = store().append(outliers(message("a"))).get(0);

    assertThat(store().append(outliers(message("a")))).containsExactly(at);
    assertThat(store().append(backfill(message("a")))).containsExactly(at);
  }

  @Test
  default void x1_append_closed_isRefused() {
    store().close();

    assertThatThrownBy(() -> live(message("a"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store().append(List.of())).isInstanceOf(IllegalStateException.class);
  }

  private static void assertSame(RoomEvent read, RoomEvent written) {
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
    assertThat(read.json().toByteArray()).isEqualTo(written.json().toByteArray());
  }
}
