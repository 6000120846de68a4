package io.github.matrixsync.store.postgres.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/** The nodes and the writers of a run, which are killed and started again. Confined to one thread. */
final class Processes {
  private static final int EACH = 2;

  private final String url;
  private final Path directory;
  private final boolean isSequence;
  private final Consumer<String> mismatches;
  private final Random random;
  private final AtomicReferenceArray<Child> nodes = new AtomicReferenceArray<>(EACH);
  private final List<Child> writers = new ArrayList<>();
  private final List<Path> claims = new ArrayList<>();

  Processes(
      String url, Path directory, boolean isSequence, Random random, Consumer<String> mismatches) {
    this.url = url;
    this.directory = directory;
    this.isSequence = isSequence;
    this.random = random;
    this.mismatches = mismatches;
    for (int i = 0; i < EACH; i++) {
      nodes.set(i, startNode(i, i == 0));
      writers.add(startWriter(i));
    }
  }

  AtomicReferenceArray<Child> nodes() {
    return nodes;
  }

  /** Returns the files of all writers' claims, those of killed ones too. */
  List<Path> claims() {
    return claims;
  }

  Child anyNode() {
    return nodes.get(random.nextInt(EACH));
  }

  Child anyWriter() {
    return writers.get(random.nextInt(EACH));
  }

  /** Kills a node and starts it again; with hints on or off, as it comes. */
  void killNode() throws InterruptedException {
    int i = random.nextInt(EACH);
    nodes.get(i).kill();
    nodes.set(i, startNode(i, random.nextBoolean()));
  }

  void killWriter() throws InterruptedException {
    int i = random.nextInt(EACH);
    writers.get(i).kill();
    writers.set(i, startWriter(i));
  }

  /** Has the writers finish what they do. */
  void endWriters() throws IOException, InterruptedException {
    for (Child writer : writers) {
      if (!writer.end()) {
        mismatches.accept("a writer does not end");
      }
    }
  }

  void killAll() {
    for (int i = 0; i < EACH; i++) {
      nodes.get(i).destroy();
      writers.get(i).destroy();
    }
  }

  private Child startNode(int number, boolean hints) {
    return new Child(
        NodeMain.class,
        directory.resolve("node.log"),
        mismatches,
        List.of(url, "node-" + number, Boolean.toString(hints)));
  }

  private Child startWriter(int number) {
    String name = "w" + number + "-" + claims.size();
    Path file = directory.resolve(name + ".claims");
    claims.add(file);
    return new Child(
        WriterMain.class,
        directory.resolve("writer.log"),
        mismatches,
        List.of(
            url,
            name,
            Long.toString(random.nextLong(1L << 32)),
            file.toString(),
            Boolean.toString(isSequence)));
  }
}
