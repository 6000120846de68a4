package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.OTHER_ROOM;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static io.github.matrixsync.store.memory.Sample.backfill;
import static io.github.matrixsync.store.memory.Sample.event;
import static io.github.matrixsync.store.memory.Sample.id;
import static io.github.matrixsync.store.memory.Sample.live;
import static io.github.matrixsync.store.memory.Sample.log;
import static io.github.matrixsync.store.memory.Sample.member;
import static io.github.matrixsync.store.memory.Sample.message;
import static io.github.matrixsync.store.memory.Sample.outlier;
import static io.github.matrixsync.store.memory.Sample.read;
import static io.github.matrixsync.store.memory.Sample.redaction;
import static io.github.matrixsync.store.memory.Sample.state;
import static io.github.matrixsync.store.memory.Sample.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.Redaction;
import io.github.matrixsync.store.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The redaction that counts: rule D1. */
class RedactionContractTest {
  private final MemoryEventStore store = MemoryEventStore.create();

  @Test
  void d1_everyRead_redactedLater_showsIt() {
    store.append(live(topic("a"), message("b"), redaction("r", "a")));
    Optional<Redaction> expected = by("r");

    assertThat(read(store, "a").redaction()).isEqualTo(expected);
    assertThat(state(store, ROOM, 1).get(0).redaction()).isEqualTo(expected);
    assertThat(store.log(Interest.of(ROOM), 0, 1, 9).events().get(0).redaction())
        .isEqualTo(expected);
    assertThat(
            store.latest(Map.of(ROOM, Ranges.everything(1)), 9).get(ROOM).get(0).redaction())
        .isEqualTo(expected);
    assertThat(read(store, "b").redaction()).isEmpty();
  }

  @Test
  void d1_events_redactionCameFirst_counts() {
    store.append(live(redaction("r", "a")));
    store.append(live(message("a")));

    assertThat(read(store, "a").redaction()).isEqualTo(by("r"));
  }

  @Test
  void d1_events_severalLiveRedactions_theFirstCounts() {
    store.append(live(message("a"), redaction("r1", "a"), redaction("r2", "a")));

    assertThat(read(store, "a").redaction()).isEqualTo(by("r1"));
  }

  @Test
  void d1_events_backfilledRedaction_countsUntilALiveOneComes() {
    store.append(live(message("a")));
    store.append(backfill(redaction("old1", "a"), redaction("old2", "a")));
    assertThat(read(store, "a").redaction()).isEqualTo(by("old1"));

    store.append(live(redaction("r", "a")));

    assertThat(read(store, "a").redaction()).isEqualTo(by("r"));
  }

  @Test
  void d1_events_backfilledRedactionAfterALiveOne_doesNotCount() {
    store.append(live(message("a"), redaction("r", "a")));
    store.append(backfill(redaction("old", "a")));

    assertThat(read(store, "a").redaction()).isEqualTo(by("r"));
  }

  @Test
  void d1_events_outlierRedaction_countsOnceItIsLive() {
    store.append(live(message("a")));
    store.append(outlier(redaction("r", "a")));
    assertThat(read(store, "a").redaction()).isEmpty();

    store.append(live(redaction("r", "a")));

    assertThat(read(store, "a").redaction()).isEqualTo(by("r"));
  }

  @Test
  void d1_events_redactionFromAnotherRoom_neverCounts() {
    store.append(
        live(event("r1", OTHER_ROOM, BOB, "m.room.redaction").redacts(id("a")).build()));
    store.append(live(message("a")));
    store.append(
        live(event("r2", OTHER_ROOM, BOB, "m.room.redaction").redacts(id("a")).build()));

    assertThat(read(store, "a").redaction()).isEmpty();
  }

  @Test
  void d1_log_targetIsOutlierAndLive_bothShowIt() {
    store.append(outlier(member("a", BOB, Membership.INVITE)));
    store.append(live(member("a", BOB, Membership.INVITE), redaction("r", "a")));

    assertThat(log(store).subList(0, 2))
        .extracting(StoredEvent::redaction)
        .containsExactly(by("r"), by("r"));
  }

  @Test
  void d1_events_redactionIsRedacted_theTargetSaysSo() {
    store.append(live(message("a"), redaction("r1", "a"), redaction("r2", "r1")));
    store.append(live(redaction("s2", "s1"), redaction("s1", "b"), message("b")));

    assertThat(read(store, "a").redaction()).isEqualTo(byRedacted("r1"));
    assertThat(read(store, "b").redaction()).isEqualTo(byRedacted("s1"));
  }

  @Test
  void d1_events_redactionsInACircle_eachIsRedacted() {
    store.append(live(redaction("a", "b"), redaction("b", "a"), redaction("c", "c")));

    assertThat(read(store, "a").redaction()).isEqualTo(byRedacted("b"));
    assertThat(read(store, "b").redaction()).isEqualTo(byRedacted("a"));
    assertThat(read(store, "c").redaction()).isEqualTo(byRedacted("c"));
  }

  @Test
  void d1_state_redactionPurged_stillCounts() {
    store.append(live(topic("a"), redaction("r", "a")));
    store.purge(2);

    assertThat(store.events(List.of(id("r")))).isEmpty();
    assertThat(state(store, ROOM, 2).get(0).redaction()).isEqualTo(by("r"));
  }

  @Test
  void d1_state_purgedRedactionIsRedactedLater_theTargetSaysSo() {
    store.append(live(topic("a"), redaction("r1", "a")));
    store.purge(2);
    store.append(live(redaction("r2", "r1")));

    assertThat(read(store, "a").redaction()).isEqualTo(byRedacted("r1"));
  }

  @Test
  void d1_events_targetComesAfterItsRedactedRedactionWasPurged_saysSo() {
    store.append(live(redaction("r1", "a"), redaction("r2", "r1")));
    store.purge(2);
    store.append(backfill(message("a")));

    assertThat(read(store, "a").redaction()).isEqualTo(byRedacted("r1"));
  }

  @Test
  void d1_events_outlierTargetPurgedAndLiveLater_isStillRedacted() {
    store.append(outlier(message("a")));
    store.append(live(redaction("r", "a")));
    store.purge(2);
    store.append(live(message("a")));

    assertThat(read(store, "a").redaction()).isEqualTo(by("r"));
  }

  private static Optional<Redaction> by(String name) {
    return Optional.of(new Redaction(redaction(name, "any"), false));
  }

  private static Optional<Redaction> byRedacted(String name) {
    return Optional.of(new Redaction(redaction(name, "any"), true));
  }
}
