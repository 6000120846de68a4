package io.github.matrixsync.examples.adapters.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts the lines of an adapter's class without package, imports, comments and blank lines. */
final class SourceLines {
  private static final Pattern ADAPTER = Pattern.compile(".*Adapter\\.(java|kt)");
  private static final Pattern NOT_COUNTED =
      Pattern.compile("\\s*((package|import) .*|//.*|/?\\*.*)?");

  private SourceLines() {}

  /** Returns the number of lines of the only adapter below a directory. */
  static long ofAdapter(Path directory) throws IOException {
    List<Path> adapters;
    try (Stream<Path> files = Files.walk(directory)) {
      adapters =
          files.filter(file -> ADAPTER.matcher(file.toString()).matches()).toList();
    }
    if (adapters.size() != 1) {
      throw new AssertionError("there must be one adapter in " + directory + ", is " + adapters);
    }
    return Files.readAllLines(adapters.get(0)).stream()
        .filter(line -> !NOT_COUNTED.matcher(line).matches())
        .count();
  }
}
