package io.github.matrixsync.examples.adapters.contract;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the process prints, its log included, from the last call of {@link #hold} on. Thread-safe. */
final class Output {
  private static final ByteArrayOutputStream HELD = new ByteArrayOutputStream();
  private static final PrintStream STREAM = new PrintStream(HELD, true, StandardCharsets.UTF_8);

  private Output() {}

  /** Keeps what is printed; call it before the first logger is made. */
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
