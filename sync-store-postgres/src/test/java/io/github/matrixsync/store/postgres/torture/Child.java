package io.github.matrixsync.store.postgres.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A process with a small heap that takes requests, one a line, and answers each with a line that begins with the
 * request's number. A line that begins with {@code !} is a mismatch that the process itself saw. Thread-safe.
 */
final class Child {
  /** The end of every answer. */
  static final String END = " .";

  private static final int SECONDS = 15;

  private final Process process;
  private final OutputStream requests;
  private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();
  private volatile boolean isEnded;

  /**
   * Starts a process.
   *
   * @param errors takes what it prints besides
   * @param mismatches is told what it saw
   */
  Child(Class<?> main, Path errors, Consumer<String> mismatches, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.util.logging.config.file="
            + System.getProperty("java.util.logging.config.file", ""),
        "-cp",
        System.getProperty("java.class.path"),
        main.getName()));
    command.addAll(arguments);
    try {
      process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    requests = process.getOutputStream();
    Thread thread = new Thread(() -> readAnswers(mismatches), "answers of " + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  /** Sends a request and returns its answer. */
  String ask(String request) throws IOException, InterruptedException {
    String number = Long.toString(last.incrementAndGet());
    CompletableFuture<String> answer = new CompletableFuture<>();
    answers.put(number, answer);
    try {
      byte[] line = (number + " " + request + "\n").getBytes(StandardCharsets.UTF_8);
      synchronized (requests) {
        requests.write(line);
        requests.flush();
      }
      if (isEnded) {
        throw new IOException("the process has ended");
      }
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer to " + request, e);
    } finally {
      answers.remove(number);
    }
  }

  private void readAnswers(Consumer<String> mismatches) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      String line = in.readLine();
      while (line != null) {
        if (line.startsWith("!")) {
          mismatches.accept(line.substring(1));
        } else {
          answered(line);
        }
        line = in.readLine();
      }
    } catch (IOException e) {
      // The process was killed.
    }
    isEnded = true;
    answers.values().forEach(answer -> answer.completeExceptionally(new IOException("ended")));
  }

  /** Takes an answer. One that lacks its end was cut, because the process was killed. */
  private void answered(String line) {
    String[] parts = line.split(" ", 2);
    CompletableFuture<String> answer = answers.get(parts[0]);
    if (answer != null && parts.length == 2 && line.endsWith(END)) {
      answer.complete(parts[1].substring(0, parts[1].length() - END.length()));
    }
  }

  /** Ends the process as a crash does. */
  void destroy() {
    process.destroyForcibly();
  }

  /** Ends the process as a crash does, and waits until it is gone. */
  void kill() throws InterruptedException {
    destroy();
    process.waitFor();
  }

  /** Sends a signal: {@code STOP} stops the process, {@code CONT} lets it go on. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Closes the process's input, at which it ends when it has finished what it does. */
  boolean end() throws IOException, InterruptedException {
    requests.close();
    return process.waitFor(60, TimeUnit.SECONDS);
  }
}
