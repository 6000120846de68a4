package io.github.matrixsync.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Parked polls lose no change of presence, typing, receipts or account data under concurrent writers. {@code
 * -Drace.seeds=N} runs more.
 */
class SideRaceTest {
  private static final int SEEDS = Integer.getInteger("race.seeds", 40);

  @Test
  void stream_concurrentWriters_everyReaderComesToKnowTheLatest() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS && problems.isEmpty(); seed++) {
      problems.addAll(new SideRace(seed).run());
    }
    assertThat(problems).as("%d seeds, 5 users", SEEDS).isEmpty();
  }
}
