package io.github.matrixsync.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Caches change no answer, even when they are filled during writes. {@code -Dcache.race.seeds=N} runs more. */
class CacheRaceTest {
  private static final int SEEDS = Integer.getInteger("cache.race.seeds", 12);
  private static final int EVENTS = 300;

  @Test
  void answers_writersRunning_areThoseOfAnEngineWithoutCaches() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS && problems.isEmpty(); seed++) {
      problems.addAll(new CacheRace(seed, EVENTS).run());
    }
    assertThat(problems).as("%d seeds of %d events, 5 users", SEEDS, EVENTS).isEmpty();
  }
}
