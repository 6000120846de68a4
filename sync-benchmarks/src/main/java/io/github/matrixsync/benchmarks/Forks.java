package io.github.matrixsync.benchmarks;

import io.github.matrixsync.benchmarks.table.Question;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures each question in a process of its own, so that none is affected by the heap and the compiled code of
 * another. Rows come back in a file, one per line.
 */
final class Forks {
  private static final String SEPARATOR = "\t";

  private Forks() {}

  /** Returns the rows of a question from a new process. */
  static List<Row> rows(Question question, Size size) throws IOException, InterruptedException {
    Path file = Files.createTempFile("rows", ".tsv");
    try {
      Process process =
          new ProcessBuilder(command(question, size, file)).inheritIO().start();
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(question.name() + " ended with status " + status);
      }
      return read(file);
    } finally {
      Files.delete(file);
    }
  }

  /** Writes rows to a file for the parent process. */
  static void write(List<Row> rows, Path file) throws IOException {
    Files.write(
        file, rows.stream().map(row -> String.join(SEPARATOR, row.cells())).toList());
  }

  private static List<Row> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> Row.ofCells(Arrays.asList(line.split(SEPARATOR, -1))))
        .toList();
  }

  private static List<String> command(Question question, Size size, Path file) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + question.heap() + "g",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "--only",
        question.name(),
        "--rows",
        file.toString()));
    if (size != Size.FULL) {
      command.add("--" + size.name().toLowerCase(java.util.Locale.ROOT));
    }
    return command;
  }
}
