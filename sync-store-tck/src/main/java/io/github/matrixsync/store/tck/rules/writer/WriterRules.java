package io.github.matrixsync.store.tck.rules.writer;

import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Tests concurrent writers, some of which roll back: the rules P, W and L. The seed in a failure's message gives what
 * each thread does, not how they interleave.
 */
public interface WriterRules extends WriterFixture {
  @Test
  default void p1_fill_afterARollBack_positionsGoOnIncreasing() {
    long before = fill(message("a")).get(0);
    fillAndRollBack(List.of(message("b"), message("c")));
    long after = fill(message("d")).get(0);

    assertThat(after).as("the position after the one that was rolled back").isGreaterThan(before);
  }

  @Test
  default void p1_fill_afterWatchedRollBacks_takesNoPositionThatWasSeen() {
    fill(message("a"));
    for (int i = 0; i < 3; i++) {
      List<FutureTask<Long>> looks = new ArrayList<>();
      List<RoomEvent> rolledBack = List.of(message("b" + i));
      assertThatThrownBy(() -> fill(rolledBack, () -> {
            looks.add(Threads.startWhileHeld(() -> store().refresh()));
            throw new IllegalStateException("roll back");
          }))
          .isInstanceOf(RuntimeException.class);
      long seen = Math.max(Threads.join(looks.get(0)), tested().refresh());

      assertThat(fill(message("c" + i)).get(0))
          .as("the position after a roll back during which %d was seen", seen)
          .isGreaterThan(seen);
    }
  }

  @Test
  default void p2_log_readWhileACommitIsHeld_staysAsItWas() {
    fill(message("a"));
    try (HeldTransaction held = HeldTransaction.of(this, message("held"))) {
      FutureTask<PassedLog> read = Threads.startWhileHeld(this::pass);
      held.commit();

      assertStays(Threads.join(read));
    }
    fill(message("b"));
    assertComesTo("a", "held", "b");
  }

  @Test
  default void p2_log_aLaterFillCommitsFirst_staysAsItWas() {
    fill(message("a"));
    try (HeldTransaction held = HeldTransaction.of(this, message("held"))) {
      FutureTask<List<Long>> later = Threads.startWhileHeld(() -> fill(message("later")));
      FutureTask<PassedLog> read = Threads.startWhileHeld(this::pass);
      held.commit();
      Threads.join(later);

      assertStays(Threads.join(read));
    }
    assertComesTo("a", "held", "later");
  }

  @Test
  default void p1_fill_writersAtOnce_positionsAreTheirOwnAndIncreasing() {
    WriterRace race = WriterRace.of(this);
    race.run();

    assertThat(race.filled().values()).as("%s", race).doesNotHaveDuplicates();
    race.positions()
        .forEach(
            positions -> assertThat(positions).as("%s", race).isSorted().doesNotHaveDuplicates());
  }

  @Test
  default void p2_log_followersOfWritersAtOnce_readWhatStaysInOrder() {
    WriterRace race = WriterRace.of(this);
    LogFollower one = race.watchedBy(new LogFollower(store(), start()));
    LogFollower other = race.watchedBy(new LogFollower(store(), start()));
    race.run();
    long end = tested().refresh();
    List<StoredEvent> log = log(tested(), Interest.everything(), start(), end);

    for (LogFollower follower : List.of(one, other)) {
      assertThat(follower.seen())
          .as("%s, up to %d", race, follower.cameTo())
          .isEqualTo(upTo(log, follower.cameTo()));
    }
    assertThat(log).as("%s, the whole log", race).hasSize(race.filled().size());
  }

  @Test
  default void w1_watermark_writersAtOnce_neverFallsForAnybody() {
    WriterRace race = WriterRace.of(this);
    WatermarkObserver watcher = new WatermarkObserver(store());
    race.watchedBy(watcher);
    race.watchedBy(watcher);
    race.run();

    assertThat(watcher.falls()).as("%s", race).isEmpty();
  }

  @Test
  default void w2_fill_writersAtOnce_eachIsCoveredWhenItReturns() {
    WriterRace race = WriterRace.of(this);
    race.run();

    assertThat(race.uncovered()).as("%s", race).isEmpty();
  }

  @Test
  default void l1_onAdvance_writersWithDelaysAndRollbacks_theLastIsSignaled() {
    Notifications<Long> notified = new Notifications<>();
    tested().onAdvance(() -> notified.add(store().watermark()));
    WriterRace race = WriterRace.of(this);
    race.run();
    long end = tested().refresh();

    notified.await(seen -> seen >= end, "a signal after which " + end + " is seen; " + race);
  }

  /** The log up to a watermark, and its events. */
  record PassedLog(long upTo, List<String> names) {}

  private PassedLog pass() {
    long upTo = store().refresh();
    return new PassedLog(upTo, names(log(store(), Interest.everything(), start(), upTo)));
  }

  private void assertStays(PassedLog passed) {
    assertThat(names(log(tested(), Interest.everything(), start(), passed.upTo())))
        .as("the log up to %d, which was the watermark before the commit", passed.upTo())
        .containsExactlyInAnyOrderElementsOf(passed.names());
  }

  private void assertComesTo(String... names) {
    long end = tested().refresh();
    assertThat(names(log(tested(), Interest.everything(), start(), end)))
        .as("the whole log, up to %d", end)
        .containsExactlyInAnyOrder(names);
  }

  private static Set<StoredEvent> upTo(List<StoredEvent> log, long position) {
    return log.stream().filter(stored -> stored.position() <= position).collect(Collectors.toSet());
  }
}
