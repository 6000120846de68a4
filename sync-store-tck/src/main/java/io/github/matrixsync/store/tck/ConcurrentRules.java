package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.Reading.last;
import static io.github.matrixsync.store.tck.Reading.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Writers and readers at once: the rules P, W, L and A as threads show them. What threads do follows from a seed that a failure names; how they meet does not. */
interface ConcurrentRules extends AppendSubject {
  @Test
  default void p1_append_writersAtOnce_positionsAreTheirOwnAndIncreasing() {
    Race race = Race.of(this);
    race.run();

    assertThat(race.appended().values()).as("%s", race).doesNotHaveDuplicates();
    race.positions()
        .forEach(
            positions -> assertThat(positions).as("%s", race).isSorted().doesNotHaveDuplicates());
  }

  @Test
  default void p2_log_followersOfWritersAtOnce_readWhatStaysInOrder() {
    Race race = Race.of(this);
    RaceFollower one = race.watchedBy(new RaceFollower(store(), start()));
    RaceFollower other = race.watchedBy(new RaceFollower(store(), start()));
    race.run();
    long end = store().refresh();
    List<StoredEvent> log = log(store(), Interest.everything(), start(), end);

    for (RaceFollower follower : List.of(one, other)) {
      assertThat(follower.seen())
          .as("%s, up to %d", race, follower.cameTo())
          .isEqualTo(upTo(log, follower.cameTo()));
    }
  }

  @Test
  default void w1_watermark_writersAtOnce_neverFallsForAnybody() {
    Race race = Race.of(this);
    RaceWatcher watcher = new RaceWatcher(store());
    race.watchedBy(watcher);
    race.watchedBy(watcher);
    race.run();

    assertThat(watcher.falls()).as("%s", race).isEmpty();
  }

  @Test
  default void w2_append_writersAtOnce_eachIsCoveredWhenItReturns() {
    Race race = Race.of(this);
    race.run();

    assertThat(race.uncovered()).as("%s", race).isEmpty();
  }

  @Test
  default void l1_onAdvance_writersWithDelaysAndRollbacks_theLastIsHeard() {
    Heard<Long> heard = new Heard<>();
    store().onAdvance(() -> heard.add(store().watermark()));
    Race race = Race.of(this);
    race.run();
    long end = store().refresh();

    heard.await(seen -> seen >= end, "a signal after which " + end + " is seen; " + race);
  }

  @Test
  default void a1_events_writersAtOnce_areSeenByWholeBatches() {
    Race race = Race.of(this);
    RaceBatchReader reader = race.watchedBy(new RaceBatchReader(store(), race));
    race.run();

    assertThat(reader.parts()).as("%s", race).isEmpty();
  }

  @Test
  default void a2_append_writersAtOnce_eachBatchIsContiguous() {
    Race race = Race.of(this);
    race.run();

    assertThat(race.torn()).as("%s", race).isEmpty();
  }

  @Test
  default void a3_append_sameEventsByAllAtOnce_standOnce() {
    Race race = Race.ofTheSameEvents(this);
    race.run();
    Map<EventId, Long> appended = race.appended();
    long end = last(appended.values().stream().sorted().toList());

    assertThat(race.disagreements()).as("%s", race).isEmpty();
    assertThat(log(store(), Interest.everything(), start(), end)).hasSize(appended.size());
  }

  private static Set<StoredEvent> upTo(List<StoredEvent> log, long position) {
    return log.stream().filter(stored -> stored.position() <= position).collect(Collectors.toSet());
  }
}
