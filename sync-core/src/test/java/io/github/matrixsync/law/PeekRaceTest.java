package io.github.matrixsync.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Polls for one room get exactly what is due, under concurrent writers. {@code -Drace.seeds=N} runs more. */
class PeekRaceTest {
  private static final int SEEDS = Integer.getInteger("race.seeds", 20);
  private static final int EVENTS = 200;

  @Test
  void peek_writersCommitLateAndOutOfOrder_everyListenerGetsExactlyWhatIsDue()
      throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      problems.addAll(new PeekRace(seed, EVENTS, true, 10_000).run());
    }
    assertThat(problems).as("%d seeds of %d events", SEEDS, EVENTS).isEmpty();
  }

  /** The test can fail: a store that shows positions out of order loses events for its readers. */
  @Test
  void peek_storeBreaksTheFinalPrefix_isNoticed() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS && problems.isEmpty(); seed++) {
      problems.addAll(new PeekRace(seed, EVENTS, false, 500).run());
    }
    assertThat(problems).isNotEmpty();
  }
}
