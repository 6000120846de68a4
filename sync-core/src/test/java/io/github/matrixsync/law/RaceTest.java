package io.github.matrixsync.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Under concurrent writers no event is lost or delivered twice, and no poll misses its wake-up. {@code -Drace.seeds=N}
 * runs more.
 */
class RaceTest {
  private static final int SEEDS = Integer.getInteger("race.seeds", 40);
  private static final int EVENTS = 300;

  @Test
  void stream_writersCommitLateAndOutOfOrder_everyReaderGetsExactlyWhatIsDue()
      throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      problems.addAll(new Race(seed, EVENTS, true, 10_000).run());
    }
    assertThat(problems)
        .as("%d seeds of %d events, 6 users, 3 services", SEEDS, EVENTS)
        .isEmpty();
  }

  /** The test can fail: a store that shows positions out of order loses events for its readers. */
  @Test
  void stream_storeBreaksTheFinalPrefix_isNoticed() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS && problems.isEmpty(); seed++) {
      problems.addAll(new Race(seed, EVENTS, false, 500).run());
    }
    assertThat(problems).isNotEmpty();
  }
}
