package io.github.matrixsync.examples.adapters.contract;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the process has printed, its log included, since the last call of {@link #hold}. Thread-safe. */
final class Output {
  private static final ByteArrayOutputStream HELD = new ByteArrayOutputStream();
  private static final PrintStream STREAM = new PrintStream(HELD, true, StandardCharsets.UTF_8);

  private Output() {}

  /** Begins to collect what is printed; to be called before the first logger is created. */
  static void hold() {
    HELD.reset();
    System.setOut(STREAM);
    System.setErr(STREAM);
  }

  /** Returns what was printed. */
  static String text() {
    return HELD.toString(StandardCharsets.UTF_8);
  }
}
