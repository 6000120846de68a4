package io.github.matrixsync.store.postgres.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers get exactly what was committed, whatever fails. A long run:
 *
 * <pre>{@code
 * mvn -pl sync-store-postgres -am test -Dtest=TortureTest -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dtorture.seconds=720 -Dtorture.seed=1
 * }</pre>
 *
 * The report is in {@code target/torture.txt} of the module.
 */
class TortureTest {
  private static final int SECONDS = Integer.getInteger("torture.seconds", 15);
  private static final int SEQUENCE_SECONDS = 6;
  private static final long SEED = Long.getLong("torture.seed", 1);

  @TempDir
  private Path directory;

  @Test
  void run_processesServerAndConnectionsFail_everyReaderGetsEveryEventOnce() throws Exception {
    TortureReport report = run("torture.txt", Duration.ofSeconds(SECONDS), false);

    assertThat(report.mismatches()).as("%s", report).isEmpty();
    assertThat(report.lost()).as("%s", report).isZero();
    assertThat(report.contradictions()).as("%s", report).isZero();
    assertThat(report.events()).as("%s", report).isPositive();
    assertThat(report.faults())
        .as("%s", report)
        .containsKeys(Faults.Kind.values())
        .doesNotContainEntry(Faults.Kind.NODE_KILLED, 0)
        .doesNotContainEntry(Faults.Kind.WRITER_KILLED, 0)
        .doesNotContainEntry(Faults.Kind.SERVER_RESTARTED_IMMEDIATE, 0);
  }

  @Test
  void run_positionsFromASequence_readersLoseEvents() throws Exception {
    TortureReport report = run("torture-sequence.txt", Duration.ofSeconds(SEQUENCE_SECONDS), true);

    assertThat(report.lost()).as("%s", report).isPositive();
  }

  private TortureReport run(String file, Duration time, boolean isSequence) throws Exception {
    return TortureMain.run(directory, Path.of("target", file), time, SEED, isSequence);
  }
}
