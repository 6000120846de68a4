package io.github.matrixsync.world;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What is logged during a test: it stands in the place of the standard error stream. What the test has not looked at in
 * the end fails it, so an entry that a test provokes is one that it asserts. To be registered by a field that is not
 * static; methods marked {@code @AfterEach} belong to the test. Thread-safe.
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

  /** Returns all that was logged so far, stack traces among it. */
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
