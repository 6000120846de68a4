package io.github.matrixsync.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a test has counted or compared, for people to read: files in {@code target/reports}. Tests print nothing. */
public final class Report {
  private Report() {}

  /** Writes a report anew. */
  public static void write(String name, String text) {
    try {
      Path directory = Files.createDirectories(Path.of("target", "reports"));
      Files.writeString(directory.resolve(name + ".txt"), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
