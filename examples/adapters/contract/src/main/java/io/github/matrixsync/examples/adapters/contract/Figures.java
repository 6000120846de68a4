package io.github.matrixsync.examples.adapters.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Appends what the tests measure to the file that the system property {@code adapters.figures} names. Without the
 * property nothing is written, and figures that take seconds are not measured.
 */
final class Figures {
  private static final Optional<Path> FILE =
      Optional.ofNullable(System.getProperty("adapters.figures")).map(Path::of);

  private Figures() {}

  /** Returns whether figures are wanted. */
  static boolean areWanted() {
    return FILE.isPresent();
  }

  /** Notes a figure of a server. */
  static void note(String server, String what, Object figure) {
    FILE.ifPresent(file -> {
      String line = "JDK " + Runtime.version().feature() + " | " + server + " | " + what + " | "
          + figure + "\n";
      try {
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
