package io.github.matrixsync.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clients end with the same presence, typing, receipts and account data, however polls are cut and wherever they begin.
 * {@code -Dside.seeds=N} runs more.
 */
class SideLawTest {
  private static final int SEEDS = Integer.getInteger("side.seeds", 300);
  private static final int STEPS = 150;

  @Test
  void stream_anySplit_givesTheSameFinalValues() {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS && problems.size() < 10; seed++) {
      problems.addAll(new SideHistory(seed).run(STEPS));
    }
    assertThat(problems).as("%d seeds of %d steps", SEEDS, STEPS).isEmpty();
  }
}
