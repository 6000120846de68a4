package io.github.matrixsync.homeserver;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Captures what is logged during a test, in place of the standard error stream. Entries that the test has not read fail
 * it, so a test must assert each entry that it provokes. To be registered by a field that is not static; entries of
 * {@code @AfterEach} methods count too. Thread-safe.
 */
public final class Logged implements BeforeEachCallback, AfterEachCallback {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private PrintStream standardError = System.err;
  private int lookedAt;

  @Override
  public void beforeEach(ExtensionContext context) {
    standardError = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setErr(standardError);
    byte[] all = bytes.toByteArray();
    if (all.length > lookedAt) {
      throw new AssertionError("logged, and the test does not say that it must be: "
          + new String(all, lookedAt, all.length - lookedAt, StandardCharsets.UTF_8));
    }
  }

  /** Returns everything logged so far, with stack traces. */
  public String text() {
    byte[] all = bytes.toByteArray();
    lookedAt = all.length;
    return new String(all, StandardCharsets.UTF_8);
  }

  /** Returns the entries so far, a line each, without stack traces. */
  public List<String> entries() {
    return text().lines().filter(line -> line.startsWith("[")).toList();
  }
}
