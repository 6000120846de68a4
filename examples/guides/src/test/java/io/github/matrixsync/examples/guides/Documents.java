package io.github.matrixsync.examples.guides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The Markdown documents below a directory. Immutable. */
final class Documents {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");

  private final Path root;

  Documents(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Returns the documents of the repository in which the tests run. */
  static Documents ofRepository() {
    return new Documents(Path.of("..", ".."));
  }

  Path root() {
    return root;
  }

  /** Returns the paths of all documents, relative to the root, in the order of their names. */
  List<Path> all() {
    return below(Path.of(""), ".md");
  }

  /** Returns the relative paths of the files below a directory whose names have this ending, in their order. */
  List<Path> below(Path directory, String ending) {
    Set<Path> found = new TreeSet<>();
    try {
      Files.walkFileTree(root.resolve(directory), new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
          boolean skipped =
              SKIPPED.contains(visited.getFileName().toString()) && !visited.equals(root);
          return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          if (file.getFileName().toString().endsWith(ending)) {
            found.add(root.relativize(file));
          }
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found);
  }

  /** Returns the text of a file below the root. */
  String read(Path path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean exists(Path path) {
    return Files.exists(root.resolve(path));
  }
}
