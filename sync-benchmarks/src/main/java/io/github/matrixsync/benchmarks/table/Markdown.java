package io.github.matrixsync.benchmarks.table;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Writes rows as a table in Markdown. Pure, but for the date and the machine. */
public final class Markdown {
  private static final List<String> TITLES =
      List.of("question", "figure", "floor", "figure / floor", "target", "verdict");

  private Markdown() {}

  /** Returns the heading: machine, JDK, date and size. */
  public static String heading(Size size) {
    return "Machine: " + Machine.describe() + "; " + LocalDate.now(ZoneOffset.UTC) + "; size "
        + size.name().toLowerCase(java.util.Locale.ROOT) + "\n\n" + line(TITLES)
        + "|---|---|---|---|---|---|\n";
  }

  /** Returns one line of the table. */
  public static String line(Row row) {
    return line(row.cells());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
