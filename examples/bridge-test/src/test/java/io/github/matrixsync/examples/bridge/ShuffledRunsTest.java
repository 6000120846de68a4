package io.github.matrixsync.examples.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;

/** The tests in process depend neither on their order nor on each other. */
class ShuffledRunsTest {
  /** {@code -Dbridge.runs=10000} runs them more often. */
  private static final int RUNS = Integer.getInteger("bridge.runs", 20);

  @Test
  void inProcess_shuffledAndInParallel_alwaysPasses() {
    int tests = SuiteRun.of(BridgeInProcessTest.class, Map.of()).passed();
    Random random = new Random();
    for (int run = 0; run < RUNS; run++) {
      long seed = random.nextLong();

      assertThat(SuiteRun.of(BridgeInProcessTest.class, shuffledBy(seed)))
          .as("the order of seed %d", seed)
          .isEqualTo(new SuiteRun(tests, List.of()));
    }
    assertThat(tests).isGreaterThan(10);
  }

  private static Map<String, String> shuffledBy(long seed) {
    return Map.of(
        "junit.jupiter.execution.parallel.enabled",
        "true",
        "junit.jupiter.execution.parallel.mode.default",
        "concurrent",
        "junit.jupiter.execution.parallel.config.strategy",
        "fixed",
        "junit.jupiter.execution.parallel.config.fixed.parallelism",
        "4",
        "junit.jupiter.testmethod.order.default",
        MethodOrderer.Random.class.getName(),
        MethodOrderer.Random.RANDOM_SEED_PROPERTY_NAME,
        Long.toString(seed));
  }
}
