package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ROOM;
import static io.github.matrixsync.store.memory.Sample.backfill;
import static io.github.matrixsync.store.memory.Sample.live;
import static io.github.matrixsync.store.memory.Sample.log;
import static io.github.matrixsync.store.memory.Sample.message;
import static io.github.matrixsync.store.memory.Sample.names;
import static io.github.matrixsync.store.memory.Sample.outlier;
import static io.github.matrixsync.store.memory.Sample.read;
import static io.github.matrixsync.store.memory.Sample.redaction;
import static io.github.matrixsync.store.memory.Sample.state;
import static io.github.matrixsync.store.memory.Sample.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.state.StateEntry;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests rare cases of a purge, and that it frees heap; the contract is tested by {@link EventPurgeContractTest}. */
class MemoryEventStorePurgeTest {
  private final MemoryEventStore store = MemoryEventStore.create();

  @Test
  void s1_state_outlierNamedAsEntry_isNotPurged() {
    store.append(outlier(topic("a")));
    store.append(List.of(Append.live(message("b"), List.of(StateEntry.of(topic("a"))))));
    store.purge(2);

    assertThat(names(state(store, ROOM, 2))).containsExactly("a");
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

  @Test
  void d1_events_targetComesAfterItsRedactedRedactionWasPurged_saysSo() {
    store.append(live(redaction("r1", "a"), redaction("r2", "r1")));
    store.purge(2);
    store.append(backfill(message("a")));

    assertThat(read(store, "a").redaction()).isEqualTo(by("r1", true));
  }

  @Test
  void d1_events_outlierTargetPurgedAndLiveLater_isStillRedacted() {
    store.append(outlier(message("a")));
    store.append(live(redaction("r", "a")));
    store.purge(2);
    store.append(live(message("a")));

    assertThat(read(store, "a").redaction()).isEqualTo(by("r", false));
  }

  private static Optional<Redaction> by(String name, boolean redacted) {
    return Optional.of(new Redaction(redaction(name, "any"), redacted));
  }
}
