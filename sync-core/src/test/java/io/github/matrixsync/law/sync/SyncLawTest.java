package io.github.matrixsync.law.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.world.Report;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every answer of {@code /sync} is what the log demands. A client that applies the answers, however it polled, holds
 * what a client holds that asks for everything. {@code -Dsync.seeds=N} runs more seeds, {@code -Dsync.first=N} begins
 * with another. A run that fails is repeated with fewer steps, and the shortest is shown.
 */
class SyncLawTest {
  private static final int SEEDS = Integer.getInteger("sync.seeds", 2_000);
  private static final int FIRST = Integer.getInteger("sync.first", 1);
  private static final int TWIN_SEEDS = 500;

  @Test
  void law_anyHistoryAndAnyLoops_holds() {
    List<String> failures = new ArrayList<>();
    long answers = 0;
    long rooms = 0;
    long gaps = 0;
    long seed = FIRST;
    for (; seed < FIRST + SEEDS && failures.size() < 3; seed++) {
      SyncLaw.Result result = new SyncLaw(seed, step -> true, Twin.NONE).run();
      answers += result.answers();
      rooms += result.rooms();
      gaps += result.gaps();
      if (!result.problems().isEmpty()) {
        failures.add(text(Shrink.smallest(seed, () -> Twin.NONE)));
      }
    }
    Report.write(
        "sync-law",
        String.format(
            "law of /sync: seeds %d to %d; %d answers with %d rooms compared, %d gaps filled; %d mismatches",
            FIRST, seed - 1, answers, rooms, gaps, failures.size()));
    assertThat(failures).as("seeds %d to %d", FIRST, seed - 1).isEmpty();
  }

  /** The test can fail: it finds what is known to go wrong in the field. */
  @ParameterizedTest
  @EnumSource(Twin.Fault.class)
  void law_plantedFault_isFound(Twin.Fault fault) {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= TWIN_SEEDS && problems.isEmpty(); seed++) {
      problems.addAll(new SyncLaw(seed, step -> true, fault.twin()).run().problems());
    }
    assertThat(problems).isNotEmpty();
  }

  @Test
  void shrink_plantedFault_leavesStepsOutAndStillFails() {
    long seed = 1;
    Twin.Fault fault = Twin.Fault.REJECTION_FORGOTTEN;
    while (new SyncLaw(seed, step -> true, fault.twin()).run().problems().isEmpty()) {
      seed++;
    }
    SyncLaw.Result whole = new SyncLaw(seed, step -> true, fault.twin()).run();

    SyncLaw.Result smallest = Shrink.smallest(seed, fault::twin);

    assertThat(smallest.problems()).isNotEmpty();
    assertThat(smallest.story()).hasSizeLessThan(whole.story().size());
  }

  private static String text(SyncLaw.Result result) {
    return String.join("\n", result.story()) + "\n" + String.join("\n", result.problems());
  }
}
