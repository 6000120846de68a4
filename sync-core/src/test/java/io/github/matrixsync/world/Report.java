package io.github.matrixsync.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a test has counted to a file in {@code target/reports}. Tests do not print. */
public final class Report {
  private Report() {}

  /** Writes or replaces a report. */
  public static void write(String name, String text) {
    try {
      Path directory = Files.createDirectories(Path.of("target", "reports"));
      Files.writeString(directory.resolve(name + ".txt"), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
