package io.github.matrixsync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.benchmarks.postgres.PostgresLoad;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the benchmark of the PostgreSQL store at its smallest size, on a server that it starts. */
class PostgresSmokeTest {
  @TempDir
  Path directory;

  @Test
  void postgres_smallestSize_everyQuestionHasFigures() throws Exception {
    Path table = directory.resolve("table.md");

    assertThat(printed(() ->
            new CommandLine(new PostgresLoad()).execute("--smoke", "--out", table.toString())))
        .isEqualTo(Files.readString(table));

    List<String> rows = Files.readAllLines(table).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| question"))
        .toList();
    assertThat(rows)
        .hasSizeGreaterThanOrEqualTo(20)
        .allSatisfy(row -> assertThat(row.split("\\|")[2]).containsPattern("[0-9]"));
    for (String question :
        List.of("64 callers", "woken", "NOTIFY", "foreign transaction", "initialSync", "purge")) {
      assertThat(rows).as(question).anyMatch(row -> row.contains(question));
    }
  }

  /** Returns what a command printed that succeeded. */
  private static String printed(IntSupplier command) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(command.getAsInt()).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
