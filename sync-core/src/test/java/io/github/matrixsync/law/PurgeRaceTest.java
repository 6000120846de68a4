package io.github.matrixsync.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Purges near the end of the log leak nothing and lose nothing. {@code -Drace.seeds=N} runs more. */
class PurgeRaceTest {
  private static final int SEEDS = Integer.getInteger("race.seeds", 8);
  private static final int ROUNDS = 250;

  @Test
  void stream_purgesOvertakeTheFollower_everyAnswerHoldsExactlyWhatIsDue() throws Exception {
    assertThat(problems(UnaryOperator.identity())).isEmpty();
  }

  /**
   * The test can fail: it notices a store that answers reads below a purge with what it still has (against rule R2).
   */
  @Test
  void stream_storeKeepsQuietAboutThePurge_isNoticed() throws Exception {
    assertThat(problems(PurgeRaceTest::quiet)).isNotEmpty();
  }

  private static List<String> problems(UnaryOperator<EventStore> broken) throws Exception {
    List<String> problems = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS && problems.isEmpty(); seed++) {
      problems.addAll(new PurgeRace(seed, ROUNDS, broken).run());
    }
    return problems;
  }

  private static EventStore quiet(EventStore store) {
    return Between.with(EventStore.class, store, (method, arguments) -> {
      if (method.equals("log")) {
        arguments[1] = Math.max((long) arguments[1], store.retainedAfter());
        arguments[2] = Math.max((long) arguments[1], (long) arguments[2]);
      }
      return arguments;
    });
  }
}
