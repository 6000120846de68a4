package io.github.matrixsync.examples.guides;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the code that documents show with the files that the build compiles.
 *
 * <p>A block of code has a comment on the line before it: {@code <!-- file: PATH -->} if it is a whole file,
 * {@code <!-- file: PATH#NAME -->} if it is the part of a file between the lines {@code region NAME} and
 * {@code endregion}, without their common indentation. Outside of the guides {@code <!-- not compiled: WHY -->} excuses
 * a block. Confined to one thread.
 */
final class ShownCode {
  private static final Set<String> COMPILED = Set.of("java", "kotlin", "xml");
  private static final Path GUIDES = Path.of("docs", "guide");

  private final Documents documents;
  private final List<String> wrong = new ArrayList<>();

  private ShownCode(Documents documents) {
    this.documents = documents;
  }

  /** Returns what is wrong, one entry for each block; none if all is right. */
  static List<String> check(Documents documents) {
    ShownCode check = new ShownCode(documents);
    for (Path document : documents.all()) {
      CodeBlock.in(documents.read(document)).forEach(block -> check.check(document, block));
    }
    return List.copyOf(check.wrong);
  }

  private void check(Path document, CodeBlock block) {
    String place = document + ":" + block.line() + ": ";
    String comment = block.comment().orElse("");
    boolean excused = comment.startsWith("not compiled: ") && !document.startsWith(GUIDES);
    if (comment.startsWith("file: ")) {
      checkSource(place, comment.substring(6), block);
    } else if (COMPILED.contains(block.language()) && !excused) {
      wrong.add(place + "a block of " + block.language()
          + " needs <!-- file: PATH#REGION --> on the line before it");
    } else if (block.language().isEmpty() && document.startsWith(GUIDES)) {
      wrong.add(place + "a block needs a language: sh if the reader runs it, text if not");
    }
  }

  private void checkSource(String place, String source, CodeBlock block) {
    Path file = Path.of(source.replaceFirst("#.*", ""));
    if (!documents.exists(file)) {
      wrong.add(place + "there is no file " + file);
      return;
    }
    Optional<String> expected = Optional.of(documents.read(file));
    if (source.contains("#")) {
      expected = region(expected.get(), source.substring(source.indexOf('#') + 1));
    }
    if (expected.isEmpty()) {
      wrong.add(place + "there is no region of this name in " + source);
    } else if (!expected.get().equals(block.text())) {
      wrong.add(place + "the block differs from " + source + "; paste:\n" + expected.get());
    }
  }

  private static Optional<String> region(String source, String name) {
    List<String> lines = source.lines().toList();
    for (int begin = 0; begin < lines.size(); begin++) {
      if (lines.get(begin).strip().matches("(//|<!--) region \\Q" + name + "\\E( -->)?")) {
        int end = begin + 1;
        while (end < lines.size()
            && !lines.get(end).strip().matches("(//|<!--) endregion( -->)?")) {
          end++;
        }
        String region = String.join("\n", lines.subList(begin + 1, end));
        return Optional.of(region.stripIndent() + "\n");
      }
    }
    return Optional.empty();
  }
}
