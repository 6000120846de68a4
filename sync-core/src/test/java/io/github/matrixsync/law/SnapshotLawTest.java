package io.github.matrixsync.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.client.JsonClient;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.world.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A later snapshot follows from an earlier one and the stream between, also during writes. {@code -Dsnapshot.seeds=N}
 * runs more.
 */
class SnapshotLawTest {
  private static final int SEEDS = Integer.getInteger("snapshot.seeds", 20);
  private static final int FIRST = Integer.getInteger("snapshot.first", 1);
  private static final int WRITES = 600;

  private interface Run {
    SnapshotLaw.Result run(SnapshotLaw law) throws InterruptedException;
  }

  @Test
  void law_hostWritesBetweenAnyTwoReads_holds() throws InterruptedException {
    holds("between reads", law -> law.stepByStep(UnaryOperator.identity()));
  }

  @Test
  void law_writersCommitLateAndOutOfOrder_holds() throws InterruptedException {
    holds("at once", SnapshotLaw::atOnce);
  }

  /** The test can fail: a store that answers as of now makes snapshots whose parts are as of different positions. */
  @ParameterizedTest
  @ValueSource(strings = {"memberships", "state", "latest"})
  void law_oneReadIsAsOfNow_isNoticed(String read) {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS && problems.isEmpty(); seed++) {
      problems.addAll(new SnapshotLaw(seed, WRITES)
          .stepByStep(store -> asOfNow(store, read))
          .problems());
    }
    assertThat(problems).isNotEmpty();
  }

  private static EventStore asOfNow(EventStore store, String read) {
    return Between.with(EventStore.class, store, (method, arguments) -> {
      if (!method.equals(read)) {
        return arguments;
      }
      long now = store.watermark();
      return switch (method) {
        case "memberships" -> new Object[] {arguments[0], now};
        case "state" -> new Object[] {replaced((Map<?, ?>) arguments[0], upTo -> now)};
        default ->
          new Object[] {
            replaced((Map<?, ?>) arguments[0], ranges -> until((Ranges) ranges, now)), arguments[1]
          };
      };
    });
  }

  private static Map<Object, Object> replaced(Map<?, ?> rooms, UnaryOperator<Object> change) {
    Map<Object, Object> changed = new HashMap<>();
    rooms.forEach((room, value) -> changed.put(room, change.apply(value)));
    return changed;
  }

  private static Ranges until(Ranges ranges, long now) {
    List<Range> live = new ArrayList<>(ranges.live());
    int last = live.size() - 1;
    if (last >= 0 && live.get(last).upTo() == ranges.upTo()) {
      live.set(last, new Range(live.get(last).after(), now));
    }
    return new Ranges(live, now, ranges.own(), ranges.backfill(), ranges.ignored());
  }

  private static void holds(String how, Run run) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    JsonClient.Counts counts = new JsonClient.Counts(0, 0, 0);
    long events = 0;
    long seed = FIRST;
    for (; seed < FIRST + SEEDS && problems.size() < 5; seed++) {
      SnapshotLaw.Result result = run.run(new SnapshotLaw(seed, WRITES));
      problems.addAll(result.problems());
      counts = counts.plus(result.counts());
      events += result.events();
    }
    Report.write(
        "snapshot-law-" + how.replace(' ', '-'),
        String.format(
            "snapshot law, %s: seeds %d to %d, %d users, %d events; "
                + "%d snapshots with %d rooms compared, %d events followed; %d mismatches",
            how,
            FIRST,
            seed - 1,
            SnapshotWorld.USERS,
            events,
            counts.snapshots(),
            counts.rooms(),
            counts.events(),
            problems.size()));
    assertThat(problems).as("seeds %d to %d", FIRST, seed - 1).isEmpty();
  }
}
