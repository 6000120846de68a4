package io.github.matrixsync.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A homeserver: one that runs already, or a process that this object starts and ends. Thread-safe. */
final class Server implements AutoCloseable {
  private static final String READY = "homeserver ready on ";
  private static final String HEAP = "-Xmx3g";
  private static final int MOST_COLLECTIONS = 20;
  private static final int STEADY = 1_000;

  private final URI base;
  private final Optional<Process> process;

  private Server(URI base, Optional<Process> process) {
    this.base = base;
    this.process = process;
  }

  /** Returns a server that runs already. */
  static Server at(URI base) {
    return new Server(base, Optional.empty());
  }

  /** Starts the example homeserver at a free port of 127.0.0.1. */
  static Server start(Path jar) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(
            java, HEAP, "-jar", jar.toString(), "--port", "0", "--host", "127.0.0.1")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return new Server(URI.create(line.substring(READY.length())), Optional.of(process));
      }
    }
    throw new IOException("the server did not start");
  }

  URI base() {
    return base;
  }

  /** Returns whether this object has started it, so that its memory can be measured. */
  boolean isOurs() {
    return process.isPresent();
  }

  /**
   * Returns the bytes of all live objects on its heap, after full collections until that no longer changes by a
   * thousandth.
   */
  long heap() throws IOException {
    long before = live();
    long now = live();
    for (int i = 0; i < MOST_COLLECTIONS && Math.abs(now - before) > before / STEADY; i++) {
      before = now;
      now = live();
    }
    return now;
  }

  private long live() throws IOException {
    long pid = process.orElseThrow().pid();
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<String> command = List.of(jcmd, Long.toString(pid), "GC.class_histogram");
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String total = "";
    try (BufferedReader lines = tool.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        total = line.startsWith("Total") ? line : total;
      }
    }
    return Long.parseLong(total.trim().split("\\s+", -1)[2]);
  }

  /** Returns the resident memory of the process, in bytes. */
  long resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.orElseThrow().pid()), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no VmRSS in " + status);
  }

  @Override
  public void close() {
    process.ifPresent(running -> {
      running.destroy();
      try {
        if (!running.waitFor(10, TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    });
  }
}
