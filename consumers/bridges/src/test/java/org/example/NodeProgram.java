package org.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the directory {@code node}, as a process. It ends when its input does. Thread-safe. */
final class NodeProgram implements AutoCloseable {
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(50);

  private final Process process;
  private final List<String> lines = new ArrayList<>(); // guarded by this
  private boolean isAtEnd; // guarded by this

  private NodeProgram(Process process) {
    this.process = process;
  }

  /** Starts a program, and waits until it is ready. */
  static NodeProgram start(String name, List<String> arguments) {
    NodeProgram program = launch(name, arguments);
    program.prints("ready");
    return program;
  }

  /** Starts a program, which may fail to start. */
  static NodeProgram launch(String name, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("node", "--no-deprecation", name));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command)
          .directory(Path.of("node").toFile())
          .redirectErrorStream(true)
          .start();
      NodeProgram program = new NodeProgram(process);
      Thread reader = new Thread(program::read, name);
      reader.setDaemon(true);
      reader.start();
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("node cannot be started", e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("its output cannot be read: " + e);
    }
    synchronized (this) {
      isAtEnd = true;
      notifyAll();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  /** Waits until the program has printed a line that is this text, or begins with it and a space. Returns the line. */
  String prints(String beginning) {
    return printsOneOf(beginning);
  }

  /** As {@link #prints}, with one of several texts. */
  String printsOneOf(String... beginnings) {
    return printsOneOf(1, beginnings);
  }

  /** As {@link #prints}, but waits until the program has printed such a line twice. */
  String printsTwice(String beginning) {
    return printsOneOf(2, beginning);
  }

  private synchronized String printsOneOf(int times, String... beginnings) {
    long end = System.nanoTime() + LONGEST_WAIT;
    while (true) {
      List<String> found = lines.stream()
          .filter(line -> Stream.of(beginnings).anyMatch(text -> (line + " ").startsWith(text + " ")))
          .toList();
      if (found.size() >= times) {
        return found.get(times - 1);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (isAtEnd || left <= 0) {
        throw new AssertionError("the program did not print " + List.of(beginnings) + " but " + lines);
      }
      await(left);
    }
  }

  private synchronized void await(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a program", e);
    }
  }

  /** Returns whether the program has not ended. */
  boolean isRunning() {
    return process.isAlive();
  }

  /**
   * Ends the input of the program, and waits until it has ended and all that it printed was read. Returns its exit
   * status.
   */
  int stop() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(LONGEST_WAIT, TimeUnit.NANOSECONDS)) {
        awaitEnd();
        return process.exitValue();
      }
      throw new AssertionError("the program did not end, it printed " + printed());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ended", e);
    }
  }

  private synchronized void awaitEnd() {
    while (!isAtEnd) {
      await(0);
    }
  }

  /** Returns all lines so far. */
  synchronized List<String> printed() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
