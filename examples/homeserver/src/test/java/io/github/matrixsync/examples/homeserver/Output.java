package io.github.matrixsync.examples.homeserver;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Captures what the process writes, with the log, while a test provokes it, so that the test can assert it. */
public final class Output {
  private final PrintStream errors = System.err;
  private final PrintStream output = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private Output() {}

  /** Begins to capture what goes to both standard streams; {@link #release} ends it. */
  public static Output capture() {
    Output captured = new Output();
    PrintStream all = new PrintStream(captured.written, true, StandardCharsets.UTF_8);
    System.setErr(all);
    System.setOut(all);
    return captured;
  }

  public void release() {
    System.setErr(errors);
    System.setOut(output);
  }

  String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  /** Returns the log's entries, without their stack traces. */
  public List<String> entries() {
    return text().lines().filter(line -> line.startsWith("[")).toList();
  }
}
