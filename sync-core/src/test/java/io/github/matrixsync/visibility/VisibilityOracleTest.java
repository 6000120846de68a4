package io.github.matrixsync.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.world.Report;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random histories: every answer of the engine to every user about every event is that of the oracle, and every cell of
 * the tables is covered. {@code -Dvisibility.seeds=100000} runs more, {@code -Dvisibility.firstSeed=N} begins
 * elsewhere.
 */
class VisibilityOracleTest {
  /** As many seeds as it takes to cover every cell. */
  private static final int ENOUGH = 2_000;

  private static final int SEEDS = Integer.getInteger("visibility.seeds", ENOUGH);
  private static final int FIRST = Integer.getInteger("visibility.firstSeed", 1);
  private static final int MOST_TROUBLE = 5;

  @Test
  void answers_overRandomHistories_areThoseOfTheOracle() {
    CellCoverage coverage = new CellCoverage(new Cells(WrittenTables.read("who-sees-what.md")));
    List<String> problems = new ArrayList<>();
    int seed = FIRST;
    while (seed < FIRST + SEEDS && problems.size() < MOST_TROUBLE) {
      problems.addAll(new HistoryCheck(seed++, coverage).run());
    }
    Report.write(
        "visibility",
        String.format(
            "visibility: seeds %d to %d, each of some %d events in 2 rooms for 4 viewers and 5 services; "
                + "%d answers compared, %d mismatches, %d s of CPU%n%s",
            FIRST,
            seed - 1,
            HistoryCheck.EVENTS,
            coverage.comparisons(),
            problems.size(),
            ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000_000,
            coverage.summary()));

    assertThat(problems).isEmpty();
    if (SEEDS >= ENOUGH) {
      assertThat(coverage.missed()).as("cells that no history covered").isEmpty();
    }
  }
}
