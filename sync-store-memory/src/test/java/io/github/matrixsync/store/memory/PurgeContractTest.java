package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static io.github.matrixsync.store.memory.Sample.backfill;
import static io.github.matrixsync.store.memory.Sample.id;
import static io.github.matrixsync.store.memory.Sample.live;
import static io.github.matrixsync.store.memory.Sample.log;
import static io.github.matrixsync.store.memory.Sample.member;
import static io.github.matrixsync.store.memory.Sample.message;
import static io.github.matrixsync.store.memory.Sample.names;
import static io.github.matrixsync.store.memory.Sample.outlier;
import static io.github.matrixsync.store.memory.Sample.read;
import static io.github.matrixsync.store.memory.Sample.state;
import static io.github.matrixsync.store.memory.Sample.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.HistoryPoint;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.StateEntry;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Dropping the beginning of the log: the rules P2, R2, S1 and S2 after a purge. */
class PurgeContractTest {
  private final MemoryEventStore store = MemoryEventStore.create();

  @Test
  void p2_log_purged_theRestStays() {
    store.append(live(message("a"), message("b"), message("c")));
    store.purge(2);

    assertThat(store.retainedAfter()).isEqualTo(2);
    assertThat(store.watermark()).isEqualTo(3);
    assertThat(names(log(store))).containsExactly("c");
    assertThat(names(store.log(Interest.of(ROOM), 2, 3, 9).events())).containsExactly("c");
  }

  @Test
  void r2_log_fromBelowRetained_expired() {
    store.append(live(message("a"), message("b"), message("c")));
    store.purge(2);

    assertThatThrownBy(() -> store.log(Interest.of(ROOM), 1, 3, 9))
        .isInstanceOf(ExpiredPositionException.class);
  }

  @Test
  void r2_purge_messages_goneFromEveryRead() {
    store.append(live(message("a"), topic("b"), message("c")));
    store.append(outlier(message("d")));
    store.purge(4);

    assertThat(store.events(List.of(id("a"), id("c"), id("d")))).isEmpty();
    assertThat(names(store.latest(Map.of(ROOM, Ranges.everything(4)), 9).get(ROOM)))
        .containsExactly("b");
    assertThat(store.pointAt(ROOM, 4)).isEqualTo(new HistoryPoint(2, 2));
    assertThat(store.pointAt(ROOM, 1)).isEqualTo(HistoryPoint.START);
  }

  @Test
  void r2_purge_backfill_stays() {
    store.append(live(message("a")));
    store.append(backfill(message("b")));
    store.purge(1);

    assertThat(read(store, "b").position()).isEqualTo(-1);
  }

  @Test
  void s1_state_purged_staysExact() {
    store.append(live(topic("a"), topic("b")));
    store.purge(2);

    assertThat(names(state(store, ROOM, 1))).containsExactly("a");
    assertThat(names(state(store, ROOM, 2))).containsExactly("b");
  }

  @Test
  void s1_state_outlierNamedAsEntry_isNotPurged() {
    store.append(outlier(topic("a")));
    store.append(List.of(Append.live(message("b"), List.of(StateEntry.of(topic("a"))))));
    store.purge(2);

    assertThat(names(state(store, ROOM, 2))).containsExactly("a");
  }

  @Test
  void s2_timelinesAndMembers_purged_stayExact() {
    store.append(outlier(member("a", BOB, Membership.INVITE)));
    RoomEvent join = member("b", BOB, Membership.JOIN);
    store.append(live(join, Sample.visibility("c", HistoryVisibility.JOINED)));
    store.purge(3);

    assertThat(store.timelines(BOB, List.of(ROOM), 3).get(ROOM).members()).hasSize(2);
    assertThat(store.timelines(BOB, List.of(ROOM), 3).get(ROOM).visibility()).hasSize(1);
    assertThat(store.joinedMembers(List.of(ROOM), 1).get(ROOM)).isEmpty();
    assertThat(store.joinedMembers(List.of(ROOM), 2).get(ROOM)).containsExactly(BOB);
    assertThat(store.memberships(BOB, 1).get(ROOM).event()).contains(id("a"));
    assertThat(read(store, "a").position()).isEqualTo(1);
  }

  @Test
  void a3_append_purgedId_keepsItsPosition() {
    store.append(live(message("a"), message("b")));
    store.purge(2);

    assertThat(store.append(live(message("a")))).containsExactly(1L);
    assertThat(store.watermark()).isEqualTo(2);
  }

  @Test
  void a4_append_purgedOutlierBecomesLive_takesANewPosition() {
    store.append(outlier(message("a")));
    store.append(live(message("b")));
    store.purge(2);

    assertThat(store.append(live(message("a")))).containsExactly(3L);
    assertThat(names(log(store))).containsExactly("a");
  }

  @Test
  void a4_purge_betweenOutlierAndLive_theLiveOneStays() {
    store.append(outlier(message("a")));
    store.append(live(message("b"), message("a")));
    store.purge(2);

    assertThat(names(log(store))).containsExactly("a");
    assertThat(read(store, "a").position()).isEqualTo(3);
  }

  @Test
  void a5_append_entryNamesAPurgedEvent_isRefused() {
    store.append(List.of(Append.live(topic("a"), List.of())));
    store.purge(1);
    Append naming = Append.live(message("b"), List.of(StateEntry.of(topic("a"))));

    assertThatThrownBy(() -> store.append(List.of(naming)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.append(List.of(Append.live(topic("a")), naming)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void purge_twiceOrLower_doesNothing() {
    store.append(live(message("a"), message("b")));
    store.purge(2);
    store.purge(2);
    store.purge(1);

    assertThat(store.retainedAfter()).isEqualTo(2);
  }

  @Test
  void purge_aboveTheWatermark_isRefused() {
    assertThatThrownBy(() -> store.purge(1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(store.retainedAfter()).isZero();
  }

  @Test
  void purge_messages_memoryIsFreed() {
    RoomEvent event = message("a");
    WeakReference<RoomEvent> held = new WeakReference<>(event);
    store.append(live(event));
    event = message("b");
    store.append(live(event));
    store.purge(1);

    for (int i = 0; i < 50 && held.get() != null; i++) {
      System.gc();
    }

    assertThat(held.get()).isNull();
    assertThat(names(log(store))).containsExactly("b");
  }
}
