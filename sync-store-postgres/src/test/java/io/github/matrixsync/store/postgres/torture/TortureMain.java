package io.github.matrixsync.store.postgres.torture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Makes a run and prints the path of its report. Its arguments are the seconds, the seed, and {@code sequence} for the
 * run that must lose events. It is run on the class path of the module's tests:
 *
 * <pre>{@code
 * mvn -pl sync-store-postgres -am install -DskipTests
 * mvn -pl sync-store-postgres dependency:build-classpath -Dmdep.outputFile=target/test.classpath
 * java -cp target/test-classes:target/classes:$(cat target/test.classpath) \
 *     io.github.matrixsync.store.postgres.torture.TortureMain 720 1
 * }</pre>
 */
public final class TortureMain {
  private TortureMain() {}

  /** Makes a run. */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[1]);
    boolean isSequence = arguments.length > 2 && arguments[2].equals("sequence");
    Path directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "torture");
    Path report = Path.of("target", isSequence ? "torture-sequence.txt" : "torture.txt");
    TortureReport found =
        run(directory, report, Duration.ofSeconds(Long.parseLong(arguments[0])), seed, isSequence);
    System.out.println(report.toAbsolutePath());
    System.exit(found.isClean() == isSequence ? 1 : 0);
  }

  /**
   * Makes a run and writes its report.
   *
   * @param isSequence whether positions come from a sequence
   */
  static TortureReport run(Path directory, Path file, Duration time, long seed, boolean isSequence)
      throws Exception {
    try (Torture torture = new Torture(directory, seed, isSequence)) {
      TortureReport report = torture.run(time);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file,
          "seed " + seed + ", " + time.toSeconds() + " s\n" + report,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      return report;
    }
  }
}
