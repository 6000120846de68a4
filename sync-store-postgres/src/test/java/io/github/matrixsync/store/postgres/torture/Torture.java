package io.github.matrixsync.store.postgres.torture;

import io.github.matrixsync.store.postgres.PostgresSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** One run: two nodes, two writers, readers, faults, and the comparison at the end. Confined to one thread. */
final class Torture implements AutoCloseable {
  private static final int OF_EVERYTHING = 3;
  private static final int OF_USERS = 4;
  /** A run that is shorter has more faults in a time. */
  private static final Duration SHORT = Duration.ofMinutes(1);

  /** The events between two faults, so that a slow machine does more than to start processes. */
  private static final int STEP = 300;

  private static final Duration MORE = Duration.ofSeconds(30);

  /** Longer than a node needs to start, and to listen again after the longest of its pauses. */
  private static final Duration AWARE = Duration.ofMinutes(2);

  private static final Duration DRAIN = Duration.ofMinutes(3);

  private final Path directory;
  private final Server server;
  private final Random random;
  private final Processes processes;
  private final Faults faults;
  private final List<Reader> readers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> mismatches = new ConcurrentLinkedQueue<>();
  private final boolean isSequence;

  /**
   * Starts the server and the processes.
   *
   * @param isSequence whether positions come from a sequence, which is the fault that the run must find
   */
  Torture(Path directory, long seed, boolean isSequence) throws Exception {
    this.directory = Files.createDirectories(directory);
    this.isSequence = isSequence;
    random = new Random(seed);
    server = new Server(directory);
    try {
      PostgresSchema.migrate(Connections.direct(server.url(), "torture"));
      Archive.create(server);
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
    processes = new Processes(server.url(), directory, isSequence, random, mismatches::add);
    faults = new Faults(server, processes, random, this::purged);
  }

  /** Runs for a while, but at least until there was a fault of every kind, and compares. */
  TortureReport run(Duration time) throws Exception {
    int longestPause = time.compareTo(SHORT) < 0 ? 1_000 : 4_000;
    startReaders();
    awaitEvents(STEP);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0 || !faults.isRoundComplete()) {
      LockSupport.parkNanos(1_000_000L * (200 + random.nextInt(longestPause)));
      faults.next();
      awaitEvents(STEP);
    }
    faults.end();
    awaitEvents(STEP);
    processes.endWriters();
    long head = head();
    awaitNodes(head);
    drainReaders(head);
    TortureReport report = new TortureReport(faults.counts(), mismatches);
    report.archive(server);
    report.readers(Archive.read(server), readers);
    if (!isSequence) {
      report.tables(TableCheck.run(server, processes.claims()));
      report.tables(
          Map.of("rooms and users that the store reads wrongly", StoreCheck.run(server, random)));
    }
    return report;
  }

  /** Waits until so many more events are stored, but no longer than the processes need to start. */
  private void awaitEvents(int more) throws SQLException {
    long enough = head() + more;
    long end = System.nanoTime() + MORE.toNanos();
    while (head() < enough && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  private long head() throws SQLException {
    return server.number("SELECT max(position) FROM torture.archive");
  }

  private void startReaders() {
    for (int i = 0; i < OF_EVERYTHING + OF_USERS; i++) {
      Reader reader = new Reader(
          i < OF_EVERYTHING ? "*" : Batches.user(i).value(),
          i % 3 == 2,
          directory.resolve("reader-" + i),
          processes.nodes(),
          new Random(random.nextLong()),
          mismatches::add);
      readers.add(reader);
      Thread thread = new Thread(reader, "reader-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void purged(long through) {
    readers.forEach(reader -> reader.purged(through));
  }

  /** Waits until the nodes know of everything, which they do by themselves after whatever happened. */
  private void awaitNodes(long head) throws InterruptedException {
    for (int i = 0; i < processes.nodes().length(); i++) {
      long end = System.nanoTime() + AWARE.toNanos();
      String state = "";
      boolean isAware = false;
      while (!isAware && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(50_000_000);
        try {
          state = processes.nodes().get(i).ask("state");
          isAware = state.startsWith("state " + head + " ") && !state.endsWith("BROKEN");
        } catch (IOException e) {
          state = e.toString();
        }
      }
      if (!isAware) {
        mismatches.add("node " + i + " does not come to " + head + " by itself: " + state);
      }
    }
  }

  /** Has the readers come to the end of the log. */
  private void drainReaders(long head) throws InterruptedException {
    readers.forEach(reader -> reader.endAt(head));
    long end = System.nanoTime() + DRAIN.toNanos();
    for (int i = 0; i < threads.size(); i++) {
      threads.get(i).join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      if (threads.get(i).isAlive()) {
        threads.get(i).interrupt();
        mismatches.add("reader " + i + " stands at " + readers.get(i).position() + " of " + head);
      }
    }
  }

  @Override
  public void close() throws IOException {
    threads.forEach(Thread::interrupt);
    processes.killAll();
    server.close();
  }
}
