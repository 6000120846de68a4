package io.github.matrixsync.store.postgres.torture;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A reader. Its position is here, not on a node: each page is asked of any node, after the end of the page before,
 * which another node may have given. Writes what it got to a file. Runs on a thread of its own.
 */
final class Reader implements Runnable {
  private final String interest;
  private final boolean isSlow;
  private final Path file;
  private final AtomicReferenceArray<Child> nodes;
  private final Random random;
  private final Consumer<String> mismatches;
  private volatile long position;
  private volatile long purged;
  private volatile long end = Long.MAX_VALUE;
  private final AtomicLong pages = new AtomicLong();
  private final AtomicLong hops = new AtomicLong();
  private int lastNode; // confined to the reader's thread

  /**
   * Makes a reader.
   *
   * @param interest {@code *} or a user
   * @param isSlow whether it rests now and then, so that purges overtake it
   */
  // More than five parameters: what tells this reader from others, and what all of them share.
  Reader(
      String interest,
      boolean isSlow,
      Path file,
      AtomicReferenceArray<Child> nodes,
      Random random,
      Consumer<String> mismatches) {
    this.interest = interest;
    this.isSlow = isSlow;
    this.file = file;
    this.nodes = nodes;
    this.random = random;
    this.mismatches = mismatches;
  }

  String interest() {
    return interest;
  }

  Path file() {
    return file;
  }

  long position() {
    return position;
  }

  /** Returns how many pages it got. */
  long pages() {
    return pages.get();
  }

  /** Returns how many of them came from another node than the one before. */
  long hops() {
    return hops.get();
  }

  /** Notes that a purge was acknowledged: no page may begin below it from now on. */
  void purged(long through) {
    purged = Math.max(purged, through);
  }

  /** Ends the reader when it has come to this position. */
  void endAt(long head) {
    end = head;
  }

  @Override
  public void run() {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      while (position < end && !Thread.currentThread().isInterrupted()) {
        step(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step(BufferedWriter out) throws IOException, InterruptedException {
    long after = position;
    long purgedBefore = purged;
    int limit = 1 + random.nextInt(random.nextInt(8) == 0 ? 10 : 3_000);
    int node = random.nextInt(nodes.length());
    String answer;
    try {
      answer = nodes.get(node).ask("read " + interest + " " + after + " " + limit);
    } catch (IOException e) {
      pause(200);
      return;
    }
    List<String> words = List.of(answer.split(" ", 3));
    switch (words.get(0)) {
      case "page" -> {
        if (after < purgedBefore) {
          mismatches.accept("a page after " + after + ", though " + purgedBefore + " is purged");
        }
        take(out, node, after, words);
      }
      case "expired" -> {
        position = Long.parseLong(words.get(1));
        if (position <= after) {
          mismatches.accept("expired at " + after + " of " + position);
        }
        out.write("expired " + position + " 0\n");
      }
      case "ahead" -> mismatches.accept(after + " was given, but a node has only " + answer);
      default -> pause(200);
    }
  }

  private void take(BufferedWriter out, int node, long after, List<String> words)
      throws IOException {
    long through = Long.parseLong(words.get(1));
    if (through > after) {
      String events = words.size() > 2 ? " " + words.get(2) : "";
      out.write("page " + through + " " + System.currentTimeMillis() + events + "\n");
      pages.incrementAndGet();
      hops.addAndGet(node == lastNode ? 0 : 1);
      lastNode = node;
      position = through;
    } else if (words.size() > 2) {
      mismatches.accept("a page with events that ends where it began, at " + after);
    } else {
      pause(20);
    }
    if (isSlow && end == Long.MAX_VALUE && random.nextInt(20) == 0) {
      pause(6_000);
    } else if (end == Long.MAX_VALUE) {
      pause(20);
    }
  }

  private void pause(int most) {
    LockSupport.parkNanos(1_000_000L * random.nextInt(most));
  }
}
